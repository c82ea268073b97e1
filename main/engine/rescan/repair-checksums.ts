import { createHash } from 'node:crypto';
import type { Storage } from '../../storages/contract.ts';
import { joinPath, writeChecksums } from '../backup/archive-target.ts';

/** The files of a directory that concern us: archives, their checksum files, the control file. */
export interface DirectoryListing {
  readonly directory: string;
  readonly names: ReadonlySet<string>;
}

/** Names of the archives in a listing. */
export function archiveNames({ names }: DirectoryListing): readonly string[] {
  return [...names].filter((name) => name.endsWith('.tar.gz'));
}

/**
 * Writes the checksum files that a crash between an archive and its checksums left out, and removes those whose
 * archive is gone. Gives what was done, one sentence each.
 */
export async function repairChecksums(
  storage: Storage,
  listing: DirectoryListing,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const repaired: string[] = [];
  for (const fileName of archiveNames(listing)) {
    if (listing.names.has(`${fileName}.sha256`) && listing.names.has(`${fileName}.md5`)) continue;
    const path = joinPath(listing.directory, fileName);
    const place = { directory: listing.directory, fileName, path };
    await writeChecksums(storage, place, await digestsOf(storage, path, signal), signal);
    repaired.push(`the checksum files of ${path} were written`);
  }
  for (const name of listing.names) {
    const archive = name.replace(/\.(sha256|md5)$/, '');
    if (archive === name || listing.names.has(archive)) continue;
    await storage.remove(joinPath(listing.directory, name), signal);
    repaired.push(`${joinPath(listing.directory, name)} had no archive and was removed`);
  }
  return repaired;
}

/** Reads the whole object once. Hex. */
export async function digestsOf(
  storage: Storage,
  path: string,
  signal: AbortSignal,
): Promise<{ sha256: string; md5: string }> {
  const sha256 = createHash('sha256');
  const md5 = createHash('md5');
  for await (const chunk of storage.read(path, undefined, signal)) {
    sha256.update(chunk);
    md5.update(chunk);
  }
  return { sha256: sha256.digest('hex'), md5: md5.digest('hex') };
}
