import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const TOKEN_BYTES = 32;
const FILE_NAME = 'token';

/** A new token: 256 random bits as base64url, which fits a header, a subprotocol and a link's fragment. */
export function createToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** Writes the token where only this user can read it and gives the file's path. An older file is replaced. */
export async function writeTokenFile(directory: string, token: string): Promise<string> {
  const path = join(directory, FILE_NAME);
  const draft = `${path}.${process.pid}`;
  await rm(draft, { force: true });
  await writeFile(draft, token, { mode: 0o600, flag: 'wx' });
  await chmod(draft, 0o600);
  await rename(draft, path);
  return path;
}

/** Compares in a time that tells nothing about where, or in which length, the two differ. */
export function sameToken(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
