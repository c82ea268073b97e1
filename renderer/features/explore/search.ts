import { z } from 'zod';

/**
 * `/explore`: what is looked into (`target`, as `targetText` writes it), the place whose children are listed and the
 * entry shown beside them (paths as `keyPath` writes them), and what is searched for below the place.
 */
export const exploreSearch = z.object({
  target: z.string().optional().catch(undefined),
  path: z.string().optional().catch(undefined),
  entry: z.string().optional().catch(undefined),
  find: z.string().optional().catch(undefined),
  within: z.enum(['name', 'content', 'both']).optional().catch(undefined),
  expression: z.boolean().optional().catch(undefined),
  matchCase: z.boolean().optional().catch(undefined),
});
export type ExploreSearch = z.infer<typeof exploreSearch>;
