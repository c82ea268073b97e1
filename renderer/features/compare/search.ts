import { z } from 'zod';

/**
 * `/compare`: both sides (as `targetText` writes them), what the differences are narrowed to, and the entry that is
 * shown side by side.
 */
export const compareSearch = z.object({
  left: z.string().optional().catch(undefined),
  right: z.string().optional().catch(undefined),
  /** A path: only what is below it. */
  prefix: z.string().optional().catch(undefined),
  /** Only these kinds of change; absent: all. */
  changes: z
    .array(z.enum(['added', 'removed', 'changed']))
    .optional()
    .catch(undefined),
  /** Only keys that hold this text. */
  containing: z.string().optional().catch(undefined),
  entry: z.string().optional().catch(undefined),
});
