import { withSignal } from '../../../shared/abort.ts';
import { archiveFileName, checksumLine, type FinishedArchive } from '../../archive/index.ts';
import type { Storage } from '../../storages/contract.ts';
import { oneChunk } from '../streams/one-chunk.ts';

const MOST_COPIES = 1000;

/** Where an archive is written: its directory in the storage and its file name there. */
export interface ArchivePlace {
  readonly directory: string;
  readonly fileName: string;
  readonly path: string;
}

export interface ArchiveNaming {
  readonly version: string | null;
  readonly dataSource: string;
  readonly time: Date;
}

/** A name that is still free in the directory: a taken one gets `-2`, `-3`, … */
export async function freePlace(
  storage: Storage,
  directory: string,
  naming: ArchiveNaming,
  signal?: AbortSignal,
): Promise<ArchivePlace> {
  for (let copy = 1; ; copy++) {
    const fileName = archiveFileName(copy === 1 ? naming : { ...naming, copy });
    const path = joinPath(directory, fileName);
    if (copy === MOST_COPIES || (await storage.stat(path, signal)) === undefined) {
      return { directory, fileName, path };
    }
  }
}

/** Writes the files that `sha256sum -c` and `md5sum -c` read beside an archive. */
export async function writeChecksums(
  storage: Storage,
  place: ArchivePlace,
  digests: Pick<FinishedArchive, 'sha256' | 'md5'>,
  signal?: AbortSignal,
): Promise<void> {
  for (const kind of ['sha256', 'md5'] as const) {
    const line = Buffer.from(checksumLine(digests[kind], place.fileName));
    await storage.write(`${place.path}.${kind}`, oneChunk(line), withSignal(signal));
  }
}

export function joinPath(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`;
}
