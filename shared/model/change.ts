import { z } from 'zod';
import { identifier } from './identifier.ts';

/**
 * Something that changed, to be read anew. `all` comes first, at once: whatever was read before the stream began may
 * be old. Without an id it may be any of the kind. The vault stands for its keys as well.
 */
export const change = z.object({
  kind: z.enum(['all', 'cluster', 'storage', 'task', 'run', 'point', 'vault']),
  id: identifier.optional(),
});
export type Change = z.infer<typeof change>;
