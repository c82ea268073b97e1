import { z } from 'zod';
import { identifier, instant, name } from './identifier.ts';
import { errorReport } from './run.ts';

/** How much of a kind there is; bytes are absent where only a full read would tell. */
export const inventoryLine = z.object({ kind: z.string(), entries: z.int(), bytes: z.int().optional() });

/** What a service holds at the moment; `error` in its stead when it could not be asked. */
export const serviceInventory = z.object({
  service: name,
  lines: z.array(inventoryLine),
  error: errorReport.optional(),
});
export type ServiceInventory = z.infer<typeof serviceInventory>;

/** What a backup of a service will probably be, as far as its inventory and its last archive tell. */
export const serviceEstimate = serviceInventory.extend({
  entries: z.int().optional(),
  /** Bytes that its next archive takes, scaled from the last one; absent before the first. */
  archiveBytes: z.int().optional(),
  /** The same for all the copies that are kept. */
  keptBytes: z.int().optional(),
  /** How long the last capture took, scaled. */
  milliseconds: z.int().optional(),
  /** What it is scaled from. */
  last: z
    .object({
      point: identifier,
      at: instant,
      bytes: z.int(),
      entries: z.int(),
      milliseconds: z.int().optional(),
    })
    .optional(),
});
export type ServiceEstimate = z.infer<typeof serviceEstimate>;

/** A run to come: the instant, and what the clocks of the schedule's zone show then, with their offset from UTC. */
export const occurrence = z.object({ at: instant, local: z.string() });
export type Occurrence = z.infer<typeof occurrence>;

/**
 * What retention makes of an archive. `copy`: kept as one of the copies. `pinned`, `restoring`: kept whatever their
 * number. `not-counted`: incomplete or damaged, kept until the copies are all newer. `removed`: goes.
 */
export const retentionFate = z.enum(['copy', 'pinned', 'restoring', 'not-counted', 'removed']);
export type RetentionFate = z.infer<typeof retentionFate>;

/** What the next retention of a task's source would do, newest first. */
export const retentionPreview = z.object({
  service: name,
  maximumCopies: z.int(),
  archives: z.array(
    z.object({
      point: identifier,
      archive: z.string(),
      created: instant,
      bytes: z.int(),
      fate: retentionFate,
    }),
  ),
  keptBytes: z.int(),
  removedBytes: z.int(),
});
export type RetentionPreview = z.infer<typeof retentionPreview>;
