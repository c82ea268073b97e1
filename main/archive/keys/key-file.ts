import { hash, randomBytes } from 'node:crypto';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';

/** Gives that many random bytes. Tests and fixtures give a deterministic one. */
export type RandomBytes = (length: number) => Uint8Array;

export const KEY_LENGTH = 32;
const ID_DIGITS = 16;
const ID_PREFIX = Buffer.from('holdfast key\0', 'latin1');

/** A new archive key: the text of its file, its 32 bytes, its id. */
export interface KeyFile {
  readonly text: string;
  readonly key: Uint8Array;
  readonly id: string;
}

/** Makes a new key (§7). */
export function createKeyFile(random: RandomBytes = randomBytes): KeyFile {
  const key = Buffer.from(random(KEY_LENGTH));
  return { text: `${key.toString('base64url')}\n`, key, id: keyId(key) };
}

/** The 32 bytes of a key file's text. Throws `archive.key-file-invalid`. */
export function parseKeyFile(text: string): Uint8Array {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, 'base64url');
  if (key.length !== KEY_LENGTH || key.toString('base64url') !== trimmed) {
    throw new HoldfastError('archive.key-file-invalid', {
      problem: detail('key-length', { bytes: KEY_LENGTH }),
    });
  }
  return key;
}

/** The id by which archives name a key: 16 hex digits. */
export function keyId(key: Uint8Array): string {
  return hash('sha256', Buffer.concat([ID_PREFIX, key]), 'hex').slice(0, ID_DIGITS);
}
