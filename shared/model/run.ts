import { z } from 'zod';
import { identifier, instant } from './identifier.ts';
import { message } from './message.ts';
import { params } from './text.ts';

export const runKind = z.enum(['backup', 'restore', 'undo']);
export type RunKind = z.infer<typeof runKind>;

/**
 * `incomplete`: ended, but something selected is missing. `conflict`: a restore left objects alone that had
 * changed since the plan. `interrupted`: its process died. A restore that is interrupted, cancelled, failed or incomplete
 * can be resumed.
 */
export const runState = z.enum([
  'running',
  'succeeded',
  'incomplete',
  'conflict',
  'failed',
  'cancelled',
  'interrupted',
]);
export type RunState = z.infer<typeof runState>;

export const errorReport = z.object({
  code: z.string(),
  category: z.string(),
  retryable: z.boolean(),
  params,
  message: z.string(),
  remedy: z.string(),
  causes: z.array(z.string()),
});

/** A part of a run that people follow: `capture ZooKeeper`, `compare`. */
export const runStep = z.object({
  name: z.string(),
  /** Service, storage or archive that it works on. */
  subject: z.string(),
  state: runState,
  started: instant,
  ended: instant.optional(),
  /** Objects done, and in all where known. */
  done: z.int(),
  total: z.int().optional(),
  bytes: z.int(),
});
export type RunStep = z.infer<typeof runStep>;

/** One execution. */
export const run = z.object({
  id: identifier,
  kind: runKind,
  state: runState,
  /** Absent for one-off backups and restores from files. */
  task: identifier.optional(),
  cluster: identifier.optional(),
  /** The recovery point that it made or used. */
  point: identifier.optional(),
  /** For an undo: the restore run that it takes back. */
  undoes: identifier.optional(),
  reason: z.enum(['schedule', 'catch-up', 'person']),
  started: instant,
  ended: instant.optional(),
  steps: z.array(runStep),
  /** What the run did, in numbers: `captured`, `created`, `conflicts`… */
  counts: z.record(z.string(), z.int()),
  error: errorReport.optional(),
});
export type Run = z.infer<typeof run>;

export const logLevel = z.enum(['info', 'warning', 'error']);

/** A line of a run's log. Lines from before version 4 of the contract are English text alone. */
export const logLine = z.object({
  at: instant,
  level: logLevel,
  ...message.partial({ code: true, params: true }).shape,
});
export type LogLine = z.infer<typeof logLine>;

/** What a running run tells whoever watches. Progress is coalesced: at most ten a second. */
export const runEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('progress'), run }),
  z.object({ event: z.literal('log'), line: logLine }),
  /** The last one; the stream ends after it. */
  z.object({ event: z.literal('ended'), run }),
]);
export type RunEvent = z.infer<typeof runEvent>;
