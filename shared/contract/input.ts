import { z } from 'zod';
import { identifier, identifierBeginning, name } from '../model/identifier.ts';
import { signerKey } from '../model/signer.ts';

export const nothing = z.object({});
export const byName = z.object({ name });

/** A thing and the name that it is to have. */
export const renaming = z.object({ name, as: name });

/** It under its new name; `untold`: storages whose control files say so only after the next run there. */
export function renamed<T extends z.ZodType>(schema: T) {
  return z.object({ renamed: schema, untold: z.array(z.string()) });
}

/** What changes something names it whole; what only looks may give an id's beginning. */
export const byRun = z.object({ run: identifier });
export const byPoint = z.object({ point: identifier });
export const byRunBeginning = z.object({ run: identifierBeginning });
export const byPointBeginning = z.object({ point: identifierBeginning });

/** Values as they come from flags or a form; the driver's schema decides. Secrets go to the vault at once. */
export const rawOptions = z.record(z.string(), z.unknown());
export const driverOptions = z.object({ driver: z.string(), options: rawOptions });

export const page = { after: z.string().optional(), limit: z.int().min(1).max(10_000) };

export const archivePassphrase = z.string().min(8, 'at least 8 characters');
/** Of the archives: the id of the key and the passphrase that seal them, the key that signs them. */
export const protection = {
  key: z.string().optional(),
  passphrase: archivePassphrase.optional(),
  signer: signerKey.optional(),
};
