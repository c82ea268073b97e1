import type { Storage } from '../../storages/contract.ts';
import { CONTROL_FILE } from '../control/control-file.ts';
import { directoryOf } from '../task-directory.ts';

/** The files of a directory that concern us: archives, their checksum files, the control file. */
export interface DirectoryListing {
  readonly directory: string;
  readonly names: ReadonlySet<string>;
}

/** Directories with archives or a control file, at and below a path; the lease's own directory is not one. */
export async function listDirectories(
  storage: Storage,
  path: string,
  signal: AbortSignal,
): Promise<readonly DirectoryListing[]> {
  const files = new Map<string, Set<string>>();
  for await (const object of storage.list(path, signal)) {
    const directory = directoryOf(object.path);
    const name = object.path.slice(directory === '' ? 0 : directory.length + 1);
    if (!name.includes('.tar.gz') && name !== CONTROL_FILE) continue;
    const names = files.get(directory) ?? new Set();
    files.set(directory, names.add(name));
  }
  return [...files].map(([directory, names]) => ({ directory, names }));
}

/** Names of what looks like an archive, ours or not. */
export function archiveNames({ names }: DirectoryListing): readonly string[] {
  return [...names].filter((name) => name.endsWith('.tar.gz'));
}
