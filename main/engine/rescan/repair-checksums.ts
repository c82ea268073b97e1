import { basename } from 'node:path/posix';
import { recogniseName } from '../../archive/index.ts';
import type { Storage } from '../../storages/contract.ts';
import { joinPath, writeChecksums } from '../backup/archive-target.ts';
import { archiveNames, type DirectoryListing } from './listing.ts';
import { digestsOf, type FoundFile } from './read-archives.ts';

const CHECKSUM = /\.(sha256|md5)$/;

/** Whether the directory lacks checksum files of our archives, or has some whose archive is gone. */
export function lacksChecksums(listing: DirectoryListing, files: readonly FoundFile[]): boolean {
  return withoutChecksums(listing, files).length + orphans(listing).length > 0;
}

/**
 * Writes the checksum files that a crash between an archive and its checksums left out, and removes those whose
 * archive is gone. Files of other programs are left alone. Gives what was done, one sentence each.
 */
export async function repairChecksums(
  storage: Storage,
  listing: DirectoryListing,
  files: readonly FoundFile[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { directory } = listing;
  const repaired: string[] = [];
  for (const { archive } of withoutChecksums(listing, files)) {
    const place = { directory, fileName: basename(archive.path), path: archive.path };
    await writeChecksums(storage, place, await digestsOf(storage, archive.path, signal), signal);
    repaired.push(`the checksum files of ${archive.path} were written`);
  }
  for (const name of orphans(listing)) {
    const path = joinPath(directory, name);
    // A backup may have finished since the directory was listed.
    if ((await storage.stat(path.replace(CHECKSUM, ''), signal)) !== undefined) continue;
    await storage.remove(path, signal);
    repaired.push(`${path} had no archive and was removed`);
  }
  return repaired;
}

function withoutChecksums({ names }: DirectoryListing, files: readonly FoundFile[]): readonly FoundFile[] {
  return files.filter(({ archive }) => {
    const name = basename(archive.path);
    return !names.has(`${name}.sha256`) || !names.has(`${name}.md5`);
  });
}

/** Only names that we give: `<version>_<data source>_<time>`. */
function orphans(listing: DirectoryListing): readonly string[] {
  const archives = new Set(archiveNames(listing));
  return [...listing.names].filter((name) => {
    const archive = name.replace(CHECKSUM, '');
    return archive !== name && !archives.has(archive) && recogniseName(archive)?.form === 'versioned';
  });
}
