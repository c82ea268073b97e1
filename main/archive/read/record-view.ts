import { type Entry, isTombstone, type Line } from '../../../shared/model/entry.ts';
import type { Key } from '../../../shared/order/key.ts';
import { mergeByKey } from '../../../shared/order/merge.ts';
import type { KeyFingerprint } from '../layout/fingerprint.ts';
import { type ChunkFinder, readBlob } from './blob.ts';
import { type ChildrenOptions, type ChildrenPage, listChildren } from './children.ts';
import type { ScanOptions } from './key-range.ts';
import type { Layer } from './layer.ts';
import { MergedCursor } from './merged-cursor.ts';

/**
 * What an archive and a chain of archives can both be asked. Generations are merged. Tombstones come out only of
 * an increment that is read by itself. Damage rejects with an integrity error that names what was hit.
 */
export interface RecordView {
  /** Entries in key order, in batches; the next batches are read ahead, memory stays bounded. */
  entries(options?: ScanOptions): AsyncIterable<readonly Line[]>;
  /** One entry by its key, with a few range reads. */
  get(key: Key, signal?: AbortSignal): Promise<Line | undefined>;
  /** Direct children of a key, a page at a time; subtrees are jumped over, not read, and few records are. */
  children(parent: Key, options?: ChildrenOptions): Promise<ChildrenPage>;
  /** Every key with its fingerprint, in key order; reads no records. */
  fingerprints(options?: ScanOptions): AsyncIterable<readonly KeyFingerprint[]>;
  /**
   * A blob that the entry refers to. Each chunk is checked before it is given, the whole at the end: only a
   * stream that ends without an error was the blob.
   */
  blob(entry: Entry, sha256: string, signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

interface ViewParts {
  /** Newest first. */
  readonly layers: readonly Layer[];
  readonly keepTombstones: boolean;
  readonly findChunks: ChunkFinder;
}

/** A view of layers merged. */
export class LayeredView implements RecordView {
  readonly #with: ViewParts;

  constructor(parts: ViewParts) {
    this.#with = parts;
  }

  async *entries(options: ScanOptions = {}): AsyncGenerator<readonly Line[]> {
    const { layers, keepTombstones } = this.#with;
    const batches = mergeNewest(layers.map((layer) => layer.scan(options)));
    for await (const batch of batches) {
      const live =
        keepTombstones || !batch.some(isTombstone) ? batch : batch.filter((line) => !isTombstone(line));
      if (live.length > 0) yield live;
    }
  }

  async *fingerprints(options: ScanOptions = {}): AsyncGenerator<readonly KeyFingerprint[]> {
    const { layers, keepTombstones } = this.#with;
    const batches = mergeNewest(layers.map((layer) => layer.fingerprints(options)));
    for await (const batch of batches) {
      const live = keepTombstones ? batch : batch.filter(({ fingerprint }) => fingerprint !== null);
      if (live.length > 0) yield live;
    }
  }

  async get(key: Key, signal?: AbortSignal): Promise<Line | undefined> {
    for (const layer of this.#with.layers) {
      const line = await layer.find(key, signal);
      if (line === undefined) continue;
      return isTombstone(line) && !this.#with.keepTombstones ? undefined : line;
    }
    return undefined;
  }

  children(parent: Key, options: ChildrenOptions = {}): Promise<ChildrenPage> {
    const { layers, keepTombstones } = this.#with;
    const { signal } = options;
    const cursor = new MergedCursor(layers, { keepTombstones, ...(signal !== undefined && { signal }) });
    return listChildren(cursor, parent, options);
  }

  blob(entry: Entry, sha256: string, signal?: AbortSignal): AsyncIterable<Uint8Array> {
    return readBlob(this.#with.findChunks, entry, sha256, signal);
  }
}

/** Merges sorted streams, the newest first; for a key that several have the newest decides. */
function mergeNewest<T extends { readonly key: Key }>(
  streams: readonly AsyncIterable<readonly T[]>[],
): AsyncIterable<readonly T[]> {
  const [first, ...rest] = streams.toReversed();
  return rest.reduce((older, newer) => mergeTwo(older, newer), first ?? nothing());
}

async function* mergeTwo<T extends { readonly key: Key }>(
  older: AsyncIterable<readonly T[]>,
  newer: AsyncIterable<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  for await (const pairs of mergeByKey(older, newer)) {
    yield pairs.map((pair) => pair.right ?? (pair.left as T));
  }
}

async function* nothing(): AsyncGenerator<never> {}
