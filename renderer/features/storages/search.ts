import { z } from 'zod';

/** `/storages`: what the list is sorted by. */
export const storagesSearch = z.object({
  sort: z.enum(['name', 'driver', 'created']).optional().catch(undefined),
  descending: z.boolean().optional().catch(undefined),
});

/** `/storages/NAME`: what is being done with it. */
export const storageSearch = z.object({
  doing: z.enum(['validate', 'rescan']).optional().catch(undefined),
});
