import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { z } from 'zod';
import { HoldfastError } from '../../shared/errors/error.ts';
import { KEY_BYTES, newKey, openBox, sealBox } from './cipher.ts';
import { readKeyFile } from './key-file.ts';
import type { Keychain } from './keychain.ts';

/** What protects the vault's key, as a person gives it. */
export type Protector =
  | { readonly type: 'keychain' }
  | { readonly type: 'passphrase'; readonly passphrase: string }
  | { readonly type: 'keyfile'; readonly file: string };

const wrapped = z.base64url();

/* Bounds keep a damaged or forged file from asking for all memory. */
export const wrappedByPassphrase = z.object({
  type: z.literal('passphrase'),
  kdf: z.literal('argon2id'),
  /** KiB. */
  memory: z.int().min(8192).max(262_144),
  iterations: z.int().min(1).max(10),
  parallelism: z.int().min(1).max(16),
  salt: z.base64url(),
  wrapped,
});

/** How the vault file keeps it: parameters, and the vault's key wrapped by AES-256-GCM. */
export const storedProtectorSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('keychain'), account: z.string(), wrapped }),
  wrappedByPassphrase,
  z.object({ type: z.literal('keyfile'), file: z.string(), wrapped }),
]);

export type WrappedByPassphrase = z.infer<typeof wrappedByPassphrase>;
export type StoredProtector = z.infer<typeof storedProtectorSchema>;

/** RFC 9106, section 4, second recommended option: 64 MiB and three passes. */
const ARGON2 = { kdf: 'argon2id', memory: 65_536, iterations: 3, parallelism: 4 } as const;
const SALT_BYTES = 16;
const SHORTEST_PASSPHRASE = 8;

/**
 * Wraps the vault's key. `bound` is what the key belongs to. For the keychain a new entry is made in it.
 * @throws HoldfastError `secrets.weak-passphrase`, and what reading a key file or the keychain may raise.
 */
export async function wrapKey(
  key: Uint8Array,
  protector: Protector,
  bound: string,
  keychain: Keychain,
): Promise<StoredProtector> {
  switch (protector.type) {
    case 'keychain': {
      const wrapping = newKey();
      // A new account each time: the entry of the protector in use stays until the file no longer names it.
      const account = randomBytes(SALT_BYTES).toString('hex');
      await keychain.set(account, wrapping.toString('base64url'));
      return { type: 'keychain', account, wrapped: sealBox(wrapping, key, bound) };
    }
    case 'passphrase':
      return wrapByPassphrase(key, protector.passphrase, bound);
    case 'keyfile': {
      const wrapping = await readKeyFile(protector.file);
      return { type: 'keyfile', file: resolve(protector.file), wrapped: sealBox(wrapping, key, bound) };
    }
  }
}

/**
 * The vault's key.
 * @throws HoldfastError `secrets.wrong-protector`, `secrets.wrong-passphrase`, `secrets.wrong-key`,
 *   `secrets.keychain-entry-missing`, and what reading a key file or the keychain may raise.
 */
export async function unwrapKey(
  stored: StoredProtector,
  protector: Protector,
  bound: string,
  keychain: Keychain,
): Promise<Buffer> {
  if (stored.type === 'passphrase' && protector.type === 'passphrase') {
    return unwrapByPassphrase(stored, protector.passphrase, bound);
  }
  if (stored.type === 'keyfile' && protector.type === 'keyfile') {
    return unwrap(await readKeyFile(protector.file), stored, bound, protector.file);
  }
  if (stored.type === 'keychain' && protector.type === 'keychain') {
    const text = await keychain.get(stored.account);
    if (text === undefined) throw new HoldfastError('secrets.keychain-entry-missing');
    return unwrap(Buffer.from(text, 'base64url'), stored, bound, 'the keychain');
  }
  throw new HoldfastError('secrets.wrong-protector', { given: protector.type, expected: stored.type });
}

/** A key wrapped by a passphrase. @throws HoldfastError `secrets.weak-passphrase` */
export async function wrapByPassphrase(
  key: Uint8Array,
  passphrase: string,
  bound: string,
): Promise<WrappedByPassphrase> {
  if ([...passphrase].length < SHORTEST_PASSPHRASE) {
    throw new HoldfastError('secrets.weak-passphrase', { least: SHORTEST_PASSPHRASE });
  }
  const parameters = { ...ARGON2, salt: randomBytes(SALT_BYTES).toString('base64url') };
  const wrapping = await derive(passphrase, parameters);
  return { type: 'passphrase', ...parameters, wrapped: sealBox(wrapping, key, bound) };
}

/** @throws HoldfastError `secrets.wrong-passphrase` */
export async function unwrapByPassphrase(
  stored: WrappedByPassphrase,
  passphrase: string,
  bound: string,
): Promise<Buffer> {
  const key = openBox(await derive(passphrase, stored), stored.wrapped, bound);
  if (key === undefined) throw new HoldfastError('secrets.wrong-passphrase');
  return key;
}

function unwrap(wrapping: Buffer, stored: StoredProtector, bound: string, where: string): Buffer {
  const key = wrapping.length === KEY_BYTES ? openBox(wrapping, stored.wrapped, bound) : undefined;
  if (key === undefined) throw new HoldfastError('secrets.wrong-key', { where });
  return key;
}

type Argon2Parameters = Pick<WrappedByPassphrase, 'memory' | 'iterations' | 'parallelism' | 'salt'>;

/** The same passphrase can reach us composed or decomposed, depending on the keyboard's system. */
async function derive(passphrase: string, parameters: Argon2Parameters): Promise<Buffer> {
  const { hashRaw } = await import('@node-rs/argon2');
  return hashRaw(passphrase.normalize('NFC'), {
    algorithm: 2,
    memoryCost: parameters.memory,
    timeCost: parameters.iterations,
    parallelism: parameters.parallelism,
    outputLen: KEY_BYTES,
    salt: Buffer.from(parameters.salt, 'base64url'),
  });
}
