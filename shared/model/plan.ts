import { z } from 'zod';
import { fidelityNote } from './fidelity.ts';
import { identifier, instant } from './identifier.ts';
import { checkResult } from './preflight.ts';
import { opening, target } from './target.ts';

/** What to restore, from where, into what. */
export const restoreOrder = z.object({
  /** A point or a file. */
  from: target,
  opening: opening.optional(),
  /** Services to restore; empty: all that the point has. */
  services: z.array(z.string()),
  /** Patterns over keys; empty: everything. */
  select: z.array(z.string()),
  /** Name of the cluster; absent: the one the point came from. */
  to: z.string().optional(),
  into: z.string().optional(),
  mode: z.enum(['equal', 'merge']),
});
export type RestoreOrder = z.infer<typeof restoreOrder>;

const plannedOrder = restoreOrder.omit({ opening: true });
export type PlannedOrder = z.infer<typeof plannedOrder>;

/** How many steps of a phase and action a plan has. */
export const stepCount = z.object({ phase: z.string(), action: z.string(), steps: z.int() });

export const servicePlan = z.object({
  /** The service as the point names it. */
  service: z.string(),
  /** The live service that is changed. */
  into: z.string(),
  source: z.string(),
  counts: z.array(stepCount),
  notes: z.array(fidelityNote),
  /** There is no step, and yet something differs from the point: what it is stands in the notes. */
  differs: z.boolean(),
});

/** A plan, without its steps: those are paged. It says everything that will change. */
export const restorePlan = z.object({
  id: identifier,
  created: instant,
  /** Without what was given to open the archives: that is a secret, used and forgotten. */
  order: plannedOrder,
  cluster: identifier,
  clusterName: z.string(),
  services: z.array(servicePlan),
  checks: z.array(checkResult),
  /** Steps in all; 0: there is nothing that a restore can do. */
  steps: z.int(),
});
export type RestorePlan = z.infer<typeof restorePlan>;
export type ServicePlan = z.infer<typeof servicePlan>;
