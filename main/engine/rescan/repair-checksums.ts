import { basename, dirname } from 'node:path/posix';
import { say } from '../../../shared/messages/message.ts';
import { recogniseName, verifyArchive } from '../../archive/index.ts';
import type { Storage } from '../../storages/contract.ts';
import { joinPath, writeChecksums } from '../backup/archive-target.ts';
import type { Lease } from '../control/lease.ts';
import { byteSourceOf } from '../points/byte-source.ts';
import { digestsOf } from './digests.ts';
import type { Findings } from './findings.ts';
import { archivePaths, type DirectoryListing } from './listing.ts';
import type { FoundFile } from './read-archives.ts';

const CHECKSUM = /\.(sha256|md5)$/;

/** Whether the directory lacks checksum files of our archives, or has some whose archive is gone. */
export function lacksChecksums(listing: DirectoryListing, files: readonly FoundFile[]): boolean {
  return withoutChecksums(listing, files).length + orphans(listing).length > 0;
}

/**
 * Writes the checksum files that a crash between an archive and its checksums left out, and removes those whose
 * archive is gone. Bytes that are not what was written get none. Files of other programs are left alone.
 */
export async function repairChecksums(
  storage: Storage,
  listing: DirectoryListing,
  files: readonly FoundFile[],
  lease: Lease,
  findings: Findings,
  signal: AbortSignal,
): Promise<void> {
  for (const file of withoutChecksums(listing, files)) await writeMissing(storage, file, findings, signal);
  for (const name of orphans(listing)) {
    const path = joinPath(listing.directory, name);
    await lease.confirm();
    // A backup writes its archive without the lease: it may have done so since the directory was listed.
    if ((await storage.stat(path.replace(CHECKSUM, ''), signal)) !== undefined) continue;
    await storage.remove(path, signal);
    findings.repaired.push(say('rescan.orphan-removed', { path }));
  }
}

async function writeMissing(
  storage: Storage,
  { archive: { path }, manifest, known }: FoundFile,
  findings: Findings,
  signal: AbortSignal,
): Promise<void> {
  const digests = await digestsOf(storage, path, signal);
  const sound =
    known === undefined
      ? await isSound(storage, path, manifest.encryption === null, signal)
      : known === digests.sha256;
  if (!sound) {
    findings.damaged.push(say('rescan.bytes-changed', { path }));
    return;
  }
  const place = { directory: dirname(path), fileName: basename(path), path };
  await writeChecksums(storage, place, digests, signal);
  findings.repaired.push(say('rescan.checksums-written', { path }));
}

/** Nobody knows what the bytes should hash to, but the archive's own chain of hashes tells whether they changed. */
async function isSound(
  storage: Storage,
  path: string,
  readable: boolean,
  signal: AbortSignal,
): Promise<boolean> {
  const source = await byteSourceOf(storage, path, signal);
  const { ok } = await verifyArchive(source, { level: readable ? 'content' : 'file', signal });
  return ok;
}

function withoutChecksums({ names }: DirectoryListing, files: readonly FoundFile[]): readonly FoundFile[] {
  return files.filter(({ archive, beside }) => {
    if (beside === 'contested') return false;
    return beside === 'none' || !names.has(`${basename(archive.path)}.md5`);
  });
}

/** Only names that we give: `<version>_<data source>_<time>`. */
function orphans(listing: DirectoryListing): readonly string[] {
  const archives = archivePaths(listing);
  return [...listing.names].filter((name) => {
    const archive = name.replace(CHECKSUM, '');
    if (archive === name || archives.has(joinPath(listing.directory, archive))) return false;
    return recogniseName(archive)?.form === 'versioned';
  });
}
