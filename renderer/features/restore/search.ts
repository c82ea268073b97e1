import { z } from 'zod';

export const RESTORE_STEPS = ['point', 'selection', 'target', 'plan', 'checks', 'confirm'] as const;

/**
 * `/restore`: what is restored (`from`: a point, file or undo point as `targetText` writes it; services; patterns over
 * keys), where to and how, the wizard's step, the plan that was made of it. `run`: a restore that was started, instead.
 */
export const restoreSearch = z.object({
  from: z.string().optional().catch(undefined),
  services: z.array(z.string()).optional().catch(undefined),
  select: z.array(z.string()).optional().catch(undefined),
  to: z.string().optional().catch(undefined),
  into: z.string().optional().catch(undefined),
  mode: z.enum(['equal', 'merge']).optional().catch(undefined),
  step: z.enum(RESTORE_STEPS).optional().catch(undefined),
  plan: z.string().optional().catch(undefined),
  run: z.string().optional().catch(undefined),
});
export type RestoreSearch = z.infer<typeof restoreSearch>;
export type RestoreStepName = (typeof RESTORE_STEPS)[number];
