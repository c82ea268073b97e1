import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { instant } from '../model/identifier.ts';
import { logLine, run, runEvent, runKind, runState } from '../model/run.ts';
import { byRun, byRunBeginning, nothing, page } from './input.ts';

/** A run with what is plotted of it. */
const listedRun = run.extend({
  /** From its start to its end. */
  milliseconds: z.int().optional(),
  /** Bytes that it wrote to storages: archives or undo points. */
  bytes: z.int(),
});
export type ListedRun = z.infer<typeof listedRun>;

export const runs = {
  /** Newest first. */
  list: oc
    .input(
      z.object({
        task: z.string().optional(),
        cluster: z.string().optional(),
        kinds: z.array(runKind).min(1).optional(),
        states: z.array(runState).min(1).optional(),
        since: instant.optional(),
        until: instant.optional(),
        ...page,
      }),
    )
    .output(z.array(listedRun)),
  show: oc.input(byRunBeginning).output(run),
  /** Oldest first; the first `after` lines are left out. All of the rest unless limited. */
  log: oc
    .input(
      byRunBeginning.extend({
        after: z.int().min(0).default(0),
        limit: z.int().min(1).max(10_000).optional(),
      }),
    )
    .output(z.array(logLine)),
  watch: oc.input(byRunBeginning).output(eventIterator(runEvent)),
  cancel: oc.input(byRun).output(nothing),
};
