import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import { type Entry, isTombstone, type Line } from '../../../shared/model/entry.ts';
import { compareKeys, type Key } from '../../../shared/order/key.ts';
import { decodeFingerprints, type KeyFingerprint } from '../layout/fingerprint.ts';
import { decodeLine } from '../layout/line.ts';
import type { PartRecord } from '../layout/part.ts';
import type { ArchiveIndex, PlacedPart } from './archive-index.ts';
import { type BlockReader, describeKeys } from './block-reader.ts';
import { firstNotBelow } from './first-not-below.ts';
import { KeyRange, type ScanOptions } from './key-range.ts';
import { type LineDecoder, LineRun, namingPart } from './line-run.ts';
import { LruCache } from './lru-cache.ts';
import { readAhead } from './read-ahead.ts';

interface LayerParts {
  /** Given within a chain: the archive's id, to be put into every chunk location that has none. */
  readonly owner?: string;
  readonly index: ArchiveIndex;
  readonly blocks: BlockReader;
  readonly cache: LayerCache;
}

/** What was read of an archive by key, kept for the next look. */
export interface LayerCache {
  /** By part and block. */
  readonly runs: LruCache<string, LineRun>;
  /** By the part of the records. */
  readonly prints: LruCache<number, readonly KeyFingerprint[]>;
}

export function newLayerCache(): LayerCache {
  return { runs: new LruCache(CACHED_BYTES), prints: new LruCache(CACHED_BYTES) };
}

/** Where a part of a layer lies. */
export interface PartPlace {
  readonly part: PlacedPart;
  /** Which of the layer's pages lists the part. */
  readonly page: number;
}

/** Where a run of lines lies: the block of the part that it begins with. */
export interface RunPlace extends PartPlace {
  readonly block: number;
}

const CACHED_BYTES = 8 * 1024 * 1024;
/** Of a key with its fingerprint in memory, and of each component beside its characters. */
const PRINT_BYTES = 150;
const COMPONENT_BYTES = 35;

/** Parts read at a time while scanning: with 4 MiB each this bounds the memory of a scan. */
const PARTS_AHEAD = 3;

/** One generation of one archive: sorted lines, each key once. Reading merges layers, newest first. */
export class Layer {
  readonly #with: LayerParts;
  readonly #generation: number;
  readonly #decode: LineDecoder;

  constructor(parts: LayerParts, generation: number) {
    this.#with = parts;
    this.#generation = generation;
    const { owner } = parts;
    this.#decode = owner === undefined ? decodeLine : (text) => ownChunks(decodeLine(text), owner);
  }

  /** Lines of a range, in batches. */
  async *scan(options: ScanOptions): AsyncGenerator<readonly Line[]> {
    const range = new KeyRange(options);
    const read = async (part: PlacedPart) => {
      const [from, to] = blocksIn(part.record, range);
      const bytes = await this.#with.blocks.read(part, from, to, options.signal);
      return { record: part.record, from, bytes };
    };
    for await (const { record, from, bytes } of readAhead(this.#partsIn(options), PARTS_AHEAD, read)) {
      for (let at = 0; at < bytes.length; ) {
        const end = endOfRun(record, from + at) - from;
        for (const lines of new LineRun(bytes.slice(at, end), this.#decode, record).batches()) {
          const kept = within(range, lines);
          if (kept.length > 0) yield kept;
        }
        at = end;
      }
    }
  }

  /** Fingerprints of a range, in batches; reads no records. */
  async *fingerprints(options: ScanOptions): AsyncGenerator<readonly KeyFingerprint[]> {
    const range = new KeyRange(options);
    const read = ({ record }: PlacedPart) => this.#printsOf(record, options.signal);
    for await (const prints of readAhead(this.#partsIn(options), PARTS_AHEAD, read)) {
      const kept = within(range, prints);
      if (kept.length > 0) yield kept;
    }
  }

  /** The line of exactly this key; reads nothing when no range of the index can hold it. */
  async find(key: Key, signal?: AbortSignal): Promise<Line | undefined> {
    const place = await this.locate(key, signal);
    return place && this.lineAt(place, key, signal);
  }

  /** The same where the key is located already. */
  async lineAt(place: RunPlace, key: Key, signal?: AbortSignal): Promise<Line | undefined> {
    if (compareKeys(place.part.record.first ?? key, key) > 0) return undefined;
    const run = await this.run(place, signal);
    const line = run.firstFrom(key);
    if (line === run.count || compareKeys(run.key(line), key) !== 0) return undefined;
    return run.line(line);
  }

  /** The run that has the first key not below `key`, or the run before it; undefined when all keys are below. */
  async locate(key: Key, signal?: AbortSignal): Promise<RunPlace | undefined> {
    const pages = this.#with.index.pagesOf(this.#generation);
    const page = firstNotBelow(pages.length, (at) => pages[at]?.last ?? [], key);
    const parts = await this.#partsOfPage(page, signal);
    const part = parts[firstNotBelow(parts.length, (at) => parts[at]?.record.last ?? [], key)];
    return part === undefined ? undefined : { part, page, block: blockOf(part.record, key) };
  }

  /** Bytes of the file that a run takes. */
  sizeOf({ part: { record }, block }: RunPlace): number {
    const blocks = record.blocks.slice(block, endOfRun(record, block));
    return blocks.reduce((sum, { length }) => sum + length, 0);
  }

  /** The part after this one; undefined at the end of the layer. */
  async next({ part, page }: PartPlace, signal?: AbortSignal): Promise<PartPlace | undefined> {
    const parts = await this.#partsOfPage(page, signal);
    const following = parts.find(({ record }) => record.part > part.record.part);
    if (following !== undefined) return { part: following, page };
    const first = (await this.#partsOfPage(page + 1, signal))[0];
    return first === undefined ? undefined : { part: first, page: page + 1 };
  }

  /** Keys of a part with their fingerprints; kept for a while. */
  async prints({ part: { record } }: PartPlace, signal?: AbortSignal): Promise<readonly KeyFingerprint[]> {
    const { cache } = this.#with;
    const known = cache.prints.get(record.part);
    if (known !== undefined) return known;
    const prints = await this.#printsOf(record, signal);
    cache.prints.set(record.part, prints, weightOf(prints));
    return prints;
  }

  /** Lines of a run; kept for a while. */
  async run({ part, block }: RunPlace, signal?: AbortSignal): Promise<LineRun> {
    const { cache, blocks } = this.#with;
    const name = `${part.record.part}/${block}`;
    const known = cache.runs.get(name);
    if (known !== undefined) return known;
    const bytes = await blocks.read(part, block, endOfRun(part.record, block), signal);
    const run = new LineRun(bytes, this.#decode, part.record);
    cache.runs.set(name, run, run.size);
    return run;
  }

  /** Fingerprints of a part, which stand directly behind it. Throws `archive.fingerprints-wrong`. */
  async #printsOf(record: PartRecord, signal?: AbortSignal): Promise<readonly KeyFingerprint[]> {
    const { index, blocks } = this.#with;
    const part = await index.part(record.part + 1, signal);
    if (part?.record.of !== record.part) throw withoutPrints(record);
    const bytes = await blocks.read(part, 0, part.record.blocks.length, signal);
    return namingPart(part.record, () => decodeFingerprints(Buffer.concat(bytes).toString()));
  }

  async #partsOfPage(at: number, signal?: AbortSignal): Promise<readonly PlacedPart[]> {
    const { index } = this.#with;
    const page = index.pagesOf(this.#generation)[at];
    if (page === undefined) return [];
    const type = this.#generation === 0 ? 'records' : 'overlay';
    const parts = await index.page(page.page, signal);
    return parts.filter(({ record }) => record.type === type && record.generation === this.#generation);
  }

  async *#partsIn(options: ScanOptions): AsyncGenerator<PlacedPart> {
    const range = new KeyRange(options);
    const pages = this.#with.index.pagesOf(this.#generation);
    for (const [at, { first, last }] of pages.entries()) {
      if (!range.meets(first, last)) continue;
      for (const part of await this.#partsOfPage(at, options.signal)) {
        const { record } = part;
        if (range.meets(record.first ?? [], record.last ?? [])) yield part;
      }
    }
  }
}

/** Bytes of memory, by and large. */
function weightOf(prints: readonly KeyFingerprint[]): number {
  let weight = prints.length * PRINT_BYTES;
  for (const { key } of prints) for (const name of key) weight += COMPONENT_BYTES + name.length;
  return weight;
}

function withoutPrints({ part, first, last }: PartRecord): HoldfastError {
  const problem = detail('fingerprints-missing');
  return new HoldfastError('archive.fingerprints-wrong', { part, keys: describeKeys(first, last), problem });
}

/** The last block that begins with a key not above `key`, else the first one. */
function blockOf(record: PartRecord, key: Key): number {
  const block = record.blocks.findLastIndex(({ first }) => first && compareKeys(first, key) <= 0);
  return Math.max(0, block);
}

/** The block after a run: those with a null first key continue the line before. */
function endOfRun(record: PartRecord, block: number): number {
  let end = block + 1;
  while (record.blocks[end]?.first === null) end++;
  return end;
}

function blocksIn(record: PartRecord, range: KeyRange): [from: number, to: number] {
  const { blocks } = record;
  let from = 0;
  let to = blocks.length;
  for (const [i, { first }] of blocks.entries()) {
    if (!first) continue;
    if (range.isBelow(first)) from = i;
    if (i > 0 && range.isAbove(first)) {
      to = Math.min(to, i);
    }
  }
  return [from, to];
}

/** Those of sorted items that are in the range. */
function within<T extends { readonly key: Key }>(range: KeyRange, items: readonly T[]): readonly T[] {
  const first = items[0];
  const last = items.at(-1);
  const isWhole = first !== undefined && last !== undefined && range.has(first.key) && range.has(last.key);
  return isWhole ? items : items.filter(({ key }) => range.has(key));
}

/** Names the archive in every chunk location, so that an entry can be read on its own within a chain. */
function ownChunks(line: Line, archiveId: string): Line {
  if (isTombstone(line) || line.blobs === undefined) return line;
  const blobs = Object.entries(line.blobs).map(([sha256, chunks]) => [
    sha256,
    chunks.map(([part, size, chunk, archive = archiveId]) => [part, size, chunk, archive]),
  ]);
  return { ...line, blobs: Object.fromEntries(blobs) as NonNullable<Entry['blobs']> };
}
