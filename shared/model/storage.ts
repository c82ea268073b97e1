import { z } from 'zod';
import { identifier, instant, name } from './identifier.ts';

/** Where archives live: a driver with its options. */
export const storageConfig = z.object({
  id: identifier,
  name,
  /** The storage driver's id. */
  driver: z.string(),
  /** The driver's options; secrets are references into the vault. */
  options: z.record(z.string(), z.unknown()),
  created: instant,
  /** When it was last read into the catalog to its end. */
  rescanned: instant.optional(),
});
export type StorageConfig = z.infer<typeof storageConfig>;
