import { z } from 'zod';

/** `/clusters`: what the list is narrowed to and sorted by. */
export const clustersSearch = z.object({
  q: z.string().optional().catch(undefined),
  sort: z.enum(['name', 'environment', 'services', 'created']).optional().catch(undefined),
  descending: z.boolean().optional().catch(undefined),
});

/** `/clusters/new`: the wizard's step. */
export const newClusterSearch = z.object({
  step: z.enum(['name', 'services', 'test', 'summary']).optional().catch(undefined),
});
export type NewClusterStep = NonNullable<z.infer<typeof newClusterSearch>['step']>;

/** `/clusters/NAME`: whether its connections are being tested. */
export const clusterSearch = z.object({ test: z.boolean().optional().catch(undefined) });
