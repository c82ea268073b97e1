import { z } from 'zod';

/** `/restore`: what others hand over: a point or file (as `targetText` writes it), patterns over keys, the cluster. */
export const restoreSearch = z.object({
  from: z.string().optional().catch(undefined),
  select: z.array(z.string()).optional().catch(undefined),
  to: z.string().optional().catch(undefined),
});
