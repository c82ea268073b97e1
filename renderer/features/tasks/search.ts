import { z } from 'zod';

/** `/tasks`: what the list is narrowed to and sorted by. */
export const tasksSearch = z.object({
  q: z.string().optional().catch(undefined),
  sort: z.enum(['name', 'cluster', 'next', 'last', 'size']).optional().catch(undefined),
  descending: z.boolean().optional().catch(undefined),
});

/** `/tasks/NAME`: whether its checks are being made. */
export const taskSearch = z.object({ check: z.boolean().optional().catch(undefined) });

export const WIZARD_STEPS = [
  'cluster',
  'sources',
  'storage',
  'schedule',
  'copies',
  'protection',
  'checks',
  'estimate',
  'summary',
] as const;
export type WizardStepId = (typeof WIZARD_STEPS)[number];

/** `/tasks/new` and `/tasks/NAME/edit`: the wizard's step; of a new one the cluster that it begins with. */
export const wizardSearch = z.object({
  step: z.enum(WIZARD_STEPS).optional().catch(undefined),
  cluster: z.string().optional().catch(undefined),
});
