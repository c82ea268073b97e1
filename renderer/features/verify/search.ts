import { z } from 'zod';

/** `/verify`: what is verified (as `targetText` writes it) and how deep. Nothing starts before it is asked for. */
export const verifySearch = z.object({
  target: z.string().optional().catch(undefined),
  level: z.enum(['file', 'content']).optional().catch(undefined),
});
