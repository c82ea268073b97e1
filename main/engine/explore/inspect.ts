import { basename } from 'node:path';
import { withSignal } from '../../../shared/abort.ts';
import type { Inspection } from '../../../shared/contract/contract.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Opening } from '../../../shared/model/target.ts';
import {
  type ArchiveReader,
  type ForeignEntry,
  listForeign,
  openArchive,
  recogniseName,
} from '../../archive/index.ts';
import { givenSecrets } from '../points/archive-secrets.ts';
import { type FileBytes, usingFile } from '../points/file-bytes.ts';
import { refuseOthers, signerOf } from '../points/signers.ts';

const MOST_FOREIGN_ENTRIES = 1000;

/** Tells what an archive file is, with neither catalog nor cluster nor data directory. */
export function inspectFile(path: string, opening?: Opening, signal?: AbortSignal): Promise<Inspection> {
  return usingFile(path, async (file) => {
    const archive = await tryOpen(file, opening, signal);
    if (archive !== undefined && opening?.signedBy !== undefined) {
      refuseOthers(archive.signature, opening.signedBy);
    }
    return archive === undefined
      ? describeForeign(path, file, signal)
      : describeArchive(archive, file, signal);
  });
}

/** Undefined when the file is no archive of ours at all; a damaged one of ours is an error. */
async function tryOpen(
  file: FileBytes,
  opening: Opening | undefined,
  signal: AbortSignal | undefined,
): Promise<ArchiveReader | undefined> {
  try {
    return await openArchive(file, {
      keys: givenSecrets(opening),
      ...withSignal(signal),
    });
  } catch (error) {
    if (error instanceof HoldfastError && error.code === 'archive.no-footer') return undefined;
    throw error;
  }
}

async function describeArchive(
  archive: ArchiveReader,
  file: FileBytes,
  signal: AbortSignal | undefined,
): Promise<Inspection> {
  let parts = 0;
  if (archive.unlocked) for await (const batch of archive.parts(signal)) parts += batch.length;
  const { manifest, signature } = archive;
  return { kind: 'archive', manifest, parts, size: file.size, ...signerOf(signature) };
}

async function describeForeign(
  path: string,
  file: FileBytes,
  signal: AbortSignal | undefined,
): Promise<Inspection> {
  const name = recogniseName(basename(path));
  const entries: ForeignEntry[] = [];
  for await (const batch of listForeign(file.whole(signal), {}, signal)) {
    entries.push(...batch);
    if (entries.length > MOST_FOREIGN_ENTRIES) break;
  }
  return {
    kind: 'foreign',
    size: file.size,
    ...(name === undefined ? {} : { dataSource: name.name, time: name.time.toISOString() }),
    ...(name?.version === undefined ? {} : { version: name.version }),
    entries: entries.slice(0, MOST_FOREIGN_ENTRIES).map(({ path: entryPath, type, size, hostile }) => ({
      path: entryPath,
      type,
      size,
      ...(hostile === undefined ? {} : { warning: hostile }),
    })),
    truncated: entries.length > MOST_FOREIGN_ENTRIES,
  };
}
