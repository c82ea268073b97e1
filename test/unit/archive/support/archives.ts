import type { ByteSource } from '../../../../main/archive/index.ts';
import {
  type ArchiveReader,
  type ArchiveWriter,
  type FinishedArchive,
  type OpenOptions,
  openArchive,
  openArchiveWriter,
  type RecordView,
  type ScanOptions,
  type WriterOptions,
} from '../../../../main/archive/index.ts';
import type { Entry, JsonObject, Line } from '../../../../shared/model/entry.ts';
import type { ManifestFacts } from '../../../../shared/model/manifest.ts';
import type { Key } from '../../../../shared/order/key.ts';

export const ARCHIVE_ID = '00112233445566778899aabbccddeeff';
export const CREATED = new Date('2024-05-06T07:08:09.000Z');

/** Facts of a full archive; `overrides` for anything else. */
export function facts(overrides: Partial<ManifestFacts> = {}): ManifestFacts {
  return {
    finished: '2024-05-06T07:08:10.000Z',
    tool: { name: 'holdfast', version: '0.1.0' },
    source: { id: 'zookeeper', service: 'ZooKeeper', version: '3.9.4' },
    cluster: { id: 'c1', name: 'production', identity: {} },
    task: null,
    run: null,
    set: ARCHIVE_ID,
    parent: null,
    depth: 0,
    complete: true,
    selection: null,
    position: null,
    notes: [],
    sensitive: [],
    consent: false,
    ...overrides,
  };
}

export interface Written extends FinishedArchive {
  readonly bytes: Buffer;
}

/** Writes an archive into memory; `fill` puts what is to be in it. */
export async function write(
  fill: (writer: ArchiveWriter) => Promise<void>,
  options: Partial<WriterOptions> = {},
  overrides: Partial<ManifestFacts> = {},
): Promise<Written> {
  const writer = openArchiveWriter({ id: ARCHIVE_ID, created: CREATED, ...options });
  const collected = collect(writer.bytes);
  await fill(writer);
  const finished = await writer.finish(facts(overrides));
  return { ...finished, bytes: await collected };
}

/** An archive of these lines, one list a generation. */
export function writeLines(
  generations: readonly (readonly Line[])[],
  options: Partial<WriterOptions> = {},
  overrides: Partial<ManifestFacts> = {},
): Promise<Written> {
  return write(
    async (writer) => {
      for (const [generation, lines] of generations.entries()) {
        for (const line of lines) await writer.put(line, generation);
      }
    },
    options,
    overrides,
  );
}

export async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** A source in memory that counts what is asked of it. */
export class MemorySource implements ByteSource {
  readonly #bytes: Buffer;
  reads = 0;
  bytesRead = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get size(): number {
    return this.#bytes.length;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    this.reads++;
    this.bytesRead += length;
    return this.#bytes.subarray(offset, offset + length);
  }

  resetCounts(): void {
    this.reads = 0;
    this.bytesRead = 0;
  }
}

export function open(written: { readonly bytes: Buffer }, options: OpenOptions = {}): Promise<ArchiveReader> {
  return openArchive(new MemorySource(written.bytes), options);
}

export async function readAll(view: RecordView, options: ScanOptions = {}): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const batch of view.entries(options)) lines.push(...batch);
  return lines;
}

export function entry(key: Key, content: JsonObject = { v: key.length }, observed: JsonObject = {}): Entry {
  return { kind: 'znode', key, content, observed };
}

export function gone(key: Key): Line {
  return { key, removed: true };
}

/** Bytes that do not compress and are always the same. */
export function noise(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}
