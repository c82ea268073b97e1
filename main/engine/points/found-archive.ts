import { withSignal } from '../../../shared/abort.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Manifest } from '../../../shared/model/manifest.ts';
import type { PointArchive } from '../../../shared/model/point.ts';
import {
  type ArchiveReader,
  type ArchiveSecret,
  type ByteSource,
  openArchive,
  openChain,
  type RecordView,
} from '../../archive/index.ts';
import type { BesideDigests } from './checksum-files.ts';

/** One service's archive in a point, undo point or file: found, and read no further than its manifest. */
export interface FoundArchive {
  /** File name. */
  readonly name: string;
  readonly service: string;
  readonly manifest: Manifest;
  readonly source: ByteSource;
  readonly secrets: readonly ArchiveSecret[];
  /** What the catalog expects the file to be. */
  readonly expected?: { readonly sha256: string; readonly size: number };
  readonly catalogued?: PointArchive;
  /** Reads what the checksum files beside it say: who only looks into an archive has no use for them. */
  readBeside(signal?: AbortSignal): Promise<BesideDigests>;
  /** The archives that this increment builds on, the full one first; empty for a full archive. */
  readonly parents: readonly FoundArchive[];
}

/** One service's state in a point: a full archive, or a chain merged. */
export interface ServiceRecords {
  readonly service: string;
  readonly manifest: Manifest;
  readonly records: RecordView;
}

/** Opens a found archive for reading, together with all that it builds on. @throws HoldfastError `archive.chain-broken` */
export async function openFound(archive: FoundArchive, signal?: AbortSignal): Promise<ServiceRecords> {
  const parents = await Promise.all(archive.parents.map((parent) => openReader(parent, signal)));
  const newest = await openReader(archive, signal);
  if (newest.manifest.parent !== null && parents.length === 0) {
    throw new HoldfastError('archive.chain-broken', {
      problem: detail('without-parents', { archive: archive.name }),
    });
  }
  const records = parents.length === 0 ? newest : openChain([...parents, newest]);
  return { service: archive.service, manifest: newest.manifest, records };
}

function openReader(archive: FoundArchive, signal: AbortSignal | undefined): Promise<ArchiveReader> {
  return openArchive(archive.source, {
    keys: archive.secrets,
    ...withSignal(signal),
  });
}
