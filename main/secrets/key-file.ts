import { open } from 'node:fs/promises';
import { HoldfastError } from '../../shared/errors/error.ts';
import { errnoOf } from '../files/system-errors.ts';
import { KEY_BYTES, newKey } from './cipher.ts';
import { createDurable } from './durable-file.ts';
import { aboutFile } from './file-errors.ts';

/* A key file holds 32 bytes as base64url text (docs/archive-format.md, section 7) and is its owner's alone. */

const KEY_TEXT = /^[A-Za-z0-9_-]{43}\s*$/;
const LONGEST_FILE = 256;
const RIGHTS_OF_OTHERS = 0o077;

/** Makes a new random key and writes it. Never overwrites: `secrets.key-file-exists`. */
export function createKeyFile(file: string): Promise<void> {
  return writeKeyFile(file, newKey());
}

/** Writes a key, readable for its owner only. Never overwrites: `secrets.key-file-exists`. */
export async function writeKeyFile(file: string, key: Uint8Array): Promise<void> {
  const text = `${Buffer.from(key).toString('base64url')}\n`;
  await aboutFile(file, async () => {
    try {
      await createDurable(file, text);
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
      throw new HoldfastError('secrets.key-file-exists', { file }, error);
    }
  });
}

/**
 * The 32 bytes of a key file.
 * @throws HoldfastError `secrets.key-file-missing`, `secrets.key-file-exposed` when group or others have any
 *   right on it (not on Windows, which has no such bits), `secrets.key-file-invalid`.
 */
export async function readKeyFile(file: string): Promise<Buffer> {
  const text = await aboutFile(file, () => readPrivate(file));
  const key = KEY_TEXT.test(text) ? Buffer.from(text.trim(), 'base64url') : undefined;
  if (key?.length !== KEY_BYTES) throw new HoldfastError('secrets.key-file-invalid', { file });
  return key;
}

async function readPrivate(file: string): Promise<string> {
  const handle = await open(file, 'r').catch((error) => {
    if (errnoOf(error) !== 'ENOENT') throw error;
    throw new HoldfastError('secrets.key-file-missing', { file }, error);
  });
  try {
    const found = await handle.stat();
    if (process.platform !== 'win32' && (found.mode & RIGHTS_OF_OTHERS) !== 0) {
      throw new HoldfastError('secrets.key-file-exposed', { file });
    }
    if (!found.isFile() || found.size > LONGEST_FILE) {
      throw new HoldfastError('secrets.key-file-invalid', { file });
    }
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}
