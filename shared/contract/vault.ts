import { oc } from '@orpc/contract';
import { z } from 'zod';
import { name } from '../model/identifier.ts';
import { nothing } from './input.ts';

/** A way to protect the vault's key. Texts are secrets: they are used and forgotten. */
export const protector = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('keychain') }),
  z.object({ kind: z.literal('passphrase'), passphrase: z.string().min(8, 'at least 8 characters') }),
  z.object({ kind: z.literal('key-file'), path: z.string() }),
]);
export type Protector = z.infer<typeof protector>;

export const vaultState = z.object({
  state: z.enum(['absent', 'locked', 'open']),
  protector: z.enum(['keychain', 'passphrase', 'key-file']).optional(),
});

/** What a key is for: to seal archives, or to sign them. */
const keyPurpose = z.enum(['sealing', 'signing']);
export type KeyPurpose = z.infer<typeof keyPurpose>;

const newKey = z.object({ name, file: z.string(), purpose: keyPurpose.default('sealing') });

export const archiveKey = z.object({
  /** Of a signing key: its public key. */
  id: z.string(),
  purpose: keyPurpose,
  name: z.string(),
  created: z.string(),
  state: z.enum(['active', 'retired']),
});

export const vault = {
  state: oc.input(nothing).output(vaultState),
  init: oc.input(protector).output(vaultState),
  unlock: oc.input(protector).output(vaultState),
  /** With `renewKey` every secret is sealed anew: for when the old protector may be known to somebody. */
  change: oc.input(z.object({ protector, renewKey: z.boolean() })).output(vaultState),
};

export const keys = {
  list: oc.input(nothing).output(z.array(archiveKey)),
  create: oc.input(newKey).output(archiveKey),
  /** Takes a key in from the copy that was kept outside. */
  import: oc.input(newKey).output(archiveKey),
  rotate: oc.input(newKey).output(archiveKey),
};
