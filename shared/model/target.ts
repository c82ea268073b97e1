import { z } from 'zod';
import { identifier } from './identifier.ts';
import { signerKey } from './signer.ts';

/**
 * Something whose entries can be looked at: a recovery point, an archive file on the engine's machine, or a
 * live cluster. `service` picks one where there are several. `undo` is the undo point that a restore run took:
 * restoring from it takes that restore back.
 */
export const target = z.discriminatedUnion('of', [
  z.object({ of: z.literal('point'), point: identifier, service: z.string().optional() }),
  z.object({ of: z.literal('file'), path: z.string() }),
  z.object({ of: z.literal('undo'), run: identifier, service: z.string().optional() }),
  z.object({ of: z.literal('cluster'), cluster: z.string(), service: z.string().optional() }),
]);
export type Target = z.infer<typeof target>;

/** What somebody brings along to an archive: ways to open a sealed one beyond the vault's, and whom to trust. */
export const opening = z.object({
  passphrase: z.string().optional(),
  /** Content of key files. */
  keys: z.array(z.string()).optional(),
  /** One of these must have signed it. Else a task that signs is asked, where one made the archive. */
  signedBy: z.array(signerKey).min(1).optional(),
});
export type Opening = z.infer<typeof opening>;
