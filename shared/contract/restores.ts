import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { identifier } from '../model/identifier.ts';
import { restoreOrder, restorePlan } from '../model/plan.ts';
import { restoreStep } from '../model/restore.ts';
import { restoreReport } from '../model/restore-report.ts';
import { run } from '../model/run.ts';
import { opening } from '../model/target.ts';
import { byRun, byRunBeginning } from './input.ts';

const planEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('progress'), service: z.string(), done: z.int(), total: z.int().optional() }),
  z.object({ event: z.literal('planned'), plan: restorePlan }),
]);
export type PlanEvent = z.infer<typeof planEvent>;

export const restores = {
  plan: oc.input(restoreOrder).output(eventIterator(planEvent)),
  /** A plan that was made, for whoever comes back to it. */
  show: oc.input(z.object({ plan: identifier })).output(restorePlan),
  /** What a restore was to do, did, and left. */
  report: oc.input(byRunBeginning).output(restoreReport),
  steps: oc
    .input(
      z.object({
        plan: identifier,
        service: z.string(),
        offset: z.int().min(0),
        limit: z.int().min(1).max(10_000),
      }),
    )
    .output(z.array(restoreStep)),
  /** `confirm` is the name of the cluster that will be changed. */
  start: oc
    .input(
      z.object({
        plan: identifier,
        confirm: z.string(),
        opening: opening.optional(),
        acceptIncompleteUndo: z.boolean().optional(),
      }),
    )
    .output(run),
  /** Goes on with an interrupted, cancelled or failed restore where its journal ends. */
  resume: oc
    .input(byRun.extend({ opening: opening.optional(), acceptIncompleteUndo: z.boolean().optional() }))
    .output(run),
};
