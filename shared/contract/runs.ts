import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { logLine, run, runEvent } from '../model/run.ts';
import { byRun, byRunBeginning, nothing, page } from './input.ts';

export const runs = {
  list: oc.input(z.object({ task: z.string().optional(), ...page })).output(z.array(run)),
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
