import type { Storage } from '../../storages/contract.ts';
import { joinPath } from '../backup/archive-target.ts';
import { CONTROL_FILE } from '../control/control-file.ts';
import { directoryOf } from '../task-directory.ts';

/** The files of a directory that concern us: archives, their checksum files, the control file. */
export interface DirectoryListing {
  readonly directory: string;
  readonly names: ReadonlySet<string>;
}

/**
 * Directories with archives or a control file; the lease's own directory is not one. Those with a control file come
 * first: what it says of an archive counts before a copy elsewhere.
 */
export async function listDirectories(
  storage: Storage,
  signal: AbortSignal,
): Promise<readonly DirectoryListing[]> {
  const files = new Map<string, Set<string>>();
  for await (const { path } of storage.list('', signal)) {
    const directory = directoryOf(path);
    const name = nameIn(directory, path);
    if (!concerns(name)) continue;
    const names = files.get(directory) ?? new Set();
    files.set(directory, names.add(name));
  }
  const listings = [...files].map(([directory, names]) => ({ directory, names }));
  const controlled = ({ names }: DirectoryListing) => Number(names.has(CONTROL_FILE));
  return listings.toSorted((a, b) => controlled(b) - controlled(a));
}

/** One directory as it is now; what lies deeper is not part of it. */
export async function listDirectory(
  storage: Storage,
  directory: string,
  signal: AbortSignal,
): Promise<DirectoryListing> {
  const names = new Set<string>();
  for await (const { path } of storage.list(directory, signal)) {
    const name = nameIn(directory, path);
    if (directoryOf(path) === directory && concerns(name)) names.add(name);
  }
  return { directory, names };
}

/** Paths of what looks like an archive, ours or not, in order of their names and so of their age. */
export function archivePaths({ directory, names }: DirectoryListing): ReadonlySet<string> {
  const archives = [...names].filter((name) => name.endsWith('.tar.gz'));
  return new Set(archives.toSorted().map((name) => joinPath(directory, name)));
}

function nameIn(directory: string, path: string): string {
  return directory === '' ? path : path.slice(directory.length + 1);
}

function concerns(name: string): boolean {
  return name.includes('.tar.gz') || name === CONTROL_FILE;
}
