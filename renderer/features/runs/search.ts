import { z } from 'zod';
import { runKind, runState } from '../../../shared/model/run.ts';

/** `/runs`: what the list is narrowed to. Task and cluster by name. */
export const runsSearch = z.object({
  kind: runKind.optional().catch(undefined),
  state: runState.optional().catch(undefined),
  task: z.string().optional().catch(undefined),
  cluster: z.string().optional().catch(undefined),
});
export type RunsSearch = z.infer<typeof runsSearch>;

/** `/runs/ID`: whether the log shows warnings and errors alone. */
export const runSearch = z.object({
  log: z.enum(['warnings']).optional().catch(undefined),
});
