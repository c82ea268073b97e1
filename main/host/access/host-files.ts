import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { HoldfastError } from '../../../shared/errors/error.ts';

/** Members of inputs that name a file of the host's machine, wherever they stand. */
const FILE_MEMBERS = ['path', 'file'];
/** Deeper than any input of the contract. */
const DEEPEST = 16;

/**
 * Lets an input pass whose files, as far as it names any, are in one of the open folders. Links are followed first:
 * one that leads out of a folder does not count as in it. A file that is not there cannot be told from one that is
 * not open.
 * @throws HoldfastError `host.path-not-permitted`
 */
export async function guardHostFiles(input: unknown, openFolders: readonly string[]): Promise<void> {
  for (const path of namedFiles(input)) {
    if (!(await isOpen(path, openFolders))) throw new HoldfastError('host.path-not-permitted', { path });
  }
}

/** The files that an input names. */
export function namedFiles(input: unknown, depth = 0): readonly string[] {
  if (typeof input !== 'object' || input === null) return [];
  if (depth > DEEPEST) throw new HoldfastError('host.path-not-permitted', { path: '…' });
  return Object.entries(input).flatMap(([member, value]) =>
    typeof value === 'string' ? (FILE_MEMBERS.includes(member) ? [value] : []) : namedFiles(value, depth + 1),
  );
}

async function isOpen(path: string, folders: readonly string[]): Promise<boolean> {
  if (folders.length === 0) return false;
  const real = await realpath(resolve(path)).catch(() => undefined);
  if (real === undefined) return false;
  for (const folder of folders) {
    const base = await realpath(folder).catch(() => undefined);
    if (base !== undefined && isWithin(base, real)) return true;
  }
  return false;
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !/^\.\.[/\\]/.test(way) && !isAbsolute(way);
}
