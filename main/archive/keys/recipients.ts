import { randomBytes, scrypt } from 'node:crypto';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Encryption, Recipient } from '../../../shared/model/manifest.ts';
import { decrypt, encrypt } from './cipher.ts';
import { KEY_LENGTH, keyId, type RandomBytes } from './key-file.ts';

/** Something that opens archives: a passphrase, or the 32 bytes of a key file. */
export type ArchiveSecret =
  | { readonly type: 'passphrase'; readonly passphrase: string }
  | { readonly type: 'key'; readonly key: Uint8Array };

/** An archive's data key and how the manifest says to get to it. */
export interface Seal {
  readonly dataKey: Uint8Array;
  readonly encryption: Encryption;
}

const SCRYPT = { n: 131_072, r: 8, p: 1 };
const SALT_LENGTH = 16;
const NONCE_LENGTH = 12;
/** What a hostile manifest may make scrypt use: four times what the writer asks for. */
const SCRYPT_MEMORY_LIMIT = 512 * 1024 * 1024;
const SCRYPT_WORK_LIMIT = 4;

/** Makes a data key that each of the secrets opens. `archiveId`: 32 hex digits, the archive that will use it. */
export async function createSeal(
  archiveId: string,
  secrets: readonly ArchiveSecret[],
  random: RandomBytes = randomBytes,
): Promise<Seal> {
  const dataKey = random(KEY_LENGTH);
  const recipients: Recipient[] = [];
  for (const secret of secrets) recipients.push(await addRecipient(archiveId, dataKey, secret, random));
  return { dataKey, encryption: { cipher: 'AES-256-GCM', recipients } };
}

async function addRecipient(
  archiveId: string,
  dataKey: Uint8Array,
  secret: ArchiveSecret,
  random: RandomBytes,
): Promise<Recipient> {
  if (secret.type === 'key') {
    return { type: 'key', key: keyId(secret.key), wrapped: wrap(archiveId, dataKey, secret.key, random) };
  }
  const salt = random(SALT_LENGTH);
  const wrappingKey = await derive(secret.passphrase, salt, SCRYPT);
  return {
    type: 'passphrase',
    kdf: 'scrypt',
    ...SCRYPT,
    salt: Buffer.from(salt).toString('base64url'),
    wrapped: wrap(archiveId, dataKey, wrappingKey, random),
  };
}

/**
 * The data key, by the first secret that fits. Throws `archive.key-missing` when none is meant for this archive,
 * `archive.wrong-passphrase` and `archive.wrong-key` when one is but does not open it.
 */
export async function unlock(
  archiveId: string,
  encryption: Encryption,
  secrets: readonly ArchiveSecret[],
): Promise<Uint8Array> {
  let failure: HoldfastError | undefined;
  for (const secret of secrets) {
    for (const recipient of encryption.recipients) {
      if (recipient.type !== secret.type) continue;
      if (recipient.type === 'key' && secret.type === 'key' && recipient.key !== keyId(secret.key)) continue;
      const dataKey = await open(archiveId, recipient, secret);
      if (dataKey !== undefined) return dataKey;
      failure =
        recipient.type === 'key'
          ? new HoldfastError('archive.wrong-key', { key: recipient.key })
          : new HoldfastError('archive.wrong-passphrase');
    }
  }
  throw failure ?? keyMissing(encryption);
}

/** The error that names what would open the archive. */
export function keyMissing(encryption: Encryption): HoldfastError {
  const recipients = encryption.recipients.map((recipient) =>
    recipient.type === 'key' ? `key ${recipient.key}` : 'passphrase',
  );
  return new HoldfastError('archive.key-missing', { recipients });
}

async function open(
  archiveId: string,
  recipient: Recipient,
  secret: ArchiveSecret,
): Promise<Uint8Array | undefined> {
  const wrapped = Buffer.from(recipient.wrapped, 'base64url');
  const nonce = wrapped.subarray(0, NONCE_LENGTH);
  if (nonce.length !== NONCE_LENGTH) return undefined;
  const wrappingKey = await wrappingKeyOf(recipient, secret);
  if (wrappingKey === undefined) return undefined;
  const dataKey = decrypt(wrappingKey, nonce, additional(archiveId), wrapped.subarray(NONCE_LENGTH));
  return dataKey?.length === KEY_LENGTH ? dataKey : undefined;
}

async function wrappingKeyOf(recipient: Recipient, secret: ArchiveSecret): Promise<Uint8Array | undefined> {
  if (secret.type === 'key') return secret.key;
  if (recipient.type === 'key') return undefined;
  const { n, r, p, salt } = recipient;
  const isPowerOfTwo = n > 1 && Number.isInteger(Math.log2(n));
  if (!isPowerOfTwo || r < 1 || p < 1 || p > SCRYPT_WORK_LIMIT || 128 * n * r > SCRYPT_MEMORY_LIMIT) {
    throw new HoldfastError('archive.manifest-damaged', {
      problem: detail('key-derivation'),
    });
  }
  return derive(secret.passphrase, Buffer.from(salt, 'base64url'), recipient);
}

function derive(
  passphrase: string,
  salt: Uint8Array,
  cost: { readonly n: number; readonly r: number; readonly p: number },
): Promise<Buffer> {
  const options = { N: cost.n, r: cost.r, p: cost.p, maxmem: 2 * SCRYPT_MEMORY_LIMIT };
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, KEY_LENGTH, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

function wrap(archiveId: string, dataKey: Uint8Array, wrappingKey: Uint8Array, random: RandomBytes): string {
  const nonce = random(NONCE_LENGTH);
  const sealed = encrypt(wrappingKey, nonce, additional(archiveId), dataKey);
  return Buffer.concat([nonce, sealed]).toString('base64url');
}

function additional(archiveId: string): Buffer {
  return Buffer.from(archiveId, 'hex');
}
