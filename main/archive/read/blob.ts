import { createHash } from 'node:crypto';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Text } from '../../../shared/errors/text.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { ChunkLocation, Entry } from '../../../shared/model/entry.ts';
import { CHUNK_LIMIT } from '../layout/format.ts';
import type { ArchiveIndex } from './archive-index.ts';
import type { BlockReader } from './block-reader.ts';
import { readAhead } from './read-ahead.ts';

/** What reads the chunks of one archive. */
export interface ChunkSource {
  readonly index: ArchiveIndex;
  readonly blocks: BlockReader;
}

/** The archive that a location means: the one at hand when it names none; undefined when that is not open. */
export type ChunkFinder = (archive: string | undefined) => ChunkSource | undefined;

const CHUNKS_AHEAD = 2;

/** Reads a blob chunk by chunk. Throws `archive.blob-unknown`, `archive.chunk-elsewhere`, `archive.blob-damaged`. */
export async function* readBlob(
  find: ChunkFinder,
  entry: Entry,
  sha256: string,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const chunks =
    entry.blobs !== undefined && Object.hasOwn(entry.blobs, sha256) ? entry.blobs[sha256] : undefined;
  if (chunks === undefined) throw new HoldfastError('archive.blob-unknown', { sha256 });
  const whole = createHash('sha256');
  const read = (chunk: ChunkLocation) => readChunk(find, chunk, sha256, signal);
  for await (const pieces of readAhead(each(chunks), CHUNKS_AHEAD, read)) {
    for (const piece of pieces) whole.update(piece);
    yield* pieces;
  }
  if (whole.digest('hex') !== sha256) throw damaged(sha256, detail('chunks-differ'));
}

async function readChunk(
  find: ChunkFinder,
  [part, size, chunk, archive]: ChunkLocation,
  sha256: string,
  signal?: AbortSignal,
): Promise<readonly Buffer[]> {
  const source = find(archive);
  if (source === undefined)
    throw new HoldfastError('archive.chunk-elsewhere', { sha256, archive: archive ?? '' });
  const placed = await source.index.part(part, signal);
  if (placed?.record.type !== 'blob') throw damaged(sha256, detail('part-not-chunk', { part }));
  const { blocks } = placed.record;
  const total = blocks.reduce((sum, block) => sum + block.plain, 0);
  if (total !== size || size > CHUNK_LIMIT) throw damaged(sha256, detail('chunk-size', { part }));
  const pieces = await source.blocks.read(placed, 0, blocks.length, signal);
  const digest = createHash('sha256');
  for (const piece of pieces) digest.update(piece);
  if (digest.digest('hex') !== chunk) throw damaged(sha256, detail('chunk-not-recorded', { part }));
  return pieces;
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

function damaged(sha256: string, problem: Text): HoldfastError {
  return new HoldfastError('archive.blob-damaged', { sha256, problem });
}
