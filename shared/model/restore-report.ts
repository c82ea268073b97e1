import { z } from 'zod';
import { identifier, instant } from './identifier.ts';
import { restorePlan } from './plan.ts';
import { restoreStep } from './restore.ts';
import { logLine, run } from './run.ts';

/** What `format` says in a report that this version writes. */
export const REPORT_FORMAT = 'holdfast-restore-report/1.0';

/** What became of the steps of one service. */
export const reportedService = z.object({
  service: z.string(),
  into: z.string(),
  planned: z.int(),
  applied: z.int(),
  /** Done by an attempt that was interrupted before it could say so. */
  already: z.int(),
  conflicts: z.int(),
  failed: z.int(),
  untried: z.int(),
  /** Steps that left their object as it was, in the order of the plan; the first 1,000. Why stands in the log. */
  left: z.array(z.object({ outcome: z.enum(['conflict', 'failed']), step: restoreStep })),
  /** Where its undo point lies; absent: the restore did not come to change anything. */
  undo: z.string().optional(),
});
export type ReportedService = z.infer<typeof reportedService>;

/** A restore as evidence: what was planned, what was done, what differed at the end. */
export const restoreReport = z.object({
  format: z.string(),
  written: instant,
  /** Version of Holdfast, and the machine that wrote it. */
  by: z.object({ version: z.string(), hostName: z.string() }),
  run,
  plan: restorePlan,
  services: z.array(reportedService),
  /** Differences from the point that the comparison found at the end; absent: it was not come to. */
  differences: z.int().optional(),
  /** The run that took it back. */
  undoneBy: identifier.optional(),
  log: z.array(logLine),
});
export type RestoreReport = z.infer<typeof restoreReport>;
