import { z } from 'zod';
import { text } from './text.ts';

/** A check before a run. `unknown`: it could not be asked, which is neither good nor bad. */
export const checkResult = z.object({
  /** Stable name: `storage.space`. */
  check: z.string(),
  /** What was looked at: a storage's, cluster's or service's name. */
  subject: z.string(),
  result: z.enum(['passed', 'warning', 'failed', 'unknown']),
  /** What was found, one sentence. */
  finding: text,
  /** What to do; absent when passed. */
  remedy: text.optional(),
});
export type CheckResult = z.infer<typeof checkResult>;
