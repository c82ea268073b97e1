import { createHash } from 'node:crypto';
import type {
  CaptureOutput,
  CaptureSummary,
  PointView,
  SourceConnection,
  StoredBlob,
} from '../../main/sources/contract.ts';
import { type Entry, isTombstone, type JsonObject, type Line } from '../../shared/model/entry.ts';
import type { FidelityNote } from '../../shared/model/fidelity.ts';
import { compareKeys, isWithin, type Key } from '../../shared/order/key.ts';

/** Captures a selection into memory. */
export async function captureToMemory(
  connection: SourceConnection,
  selection: JsonObject,
  signal?: AbortSignal,
): Promise<MemoryPoint> {
  const output = new MemoryCapture();
  const summary = await connection.capture(selection, output, signal);
  return output.finish(selection, summary);
}

/** Takes what a source captures and holds it to the order of the contract. */
export class MemoryCapture implements CaptureOutput {
  readonly warnings: FidelityNote[] = [];
  /** Lines as they came, by generation. */
  readonly generations: Line[][] = [];
  readonly #blobs = new Map<string, Buffer>();
  progressed = 0;

  put(line: Line, generation = 0): void {
    while (this.generations.length <= generation) this.generations.push([]);
    const lines = this.generations[generation] ?? [];
    const last = lines.at(-1);
    if (last !== undefined && compareKeys(last.key, line.key) >= 0) {
      throw new Error(`generation ${generation}: /${line.key.join('/')} comes after /${last.key.join('/')}`);
    }
    if (!isTombstone(line)) this.#checkBlobs(line);
    // As it would come back from an archive: nothing is shared with the source, nothing but JSON survives.
    lines.push(JSON.parse(JSON.stringify(line)) as Line);
  }

  /** What is kept in memory is not compressed. */
  flush(): void {}

  async blob(data: Uint8Array | AsyncIterable<Uint8Array>): Promise<StoredBlob> {
    const bytes = data instanceof Uint8Array ? Buffer.from(data) : Buffer.concat(await Array.fromAsync(data));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    this.#blobs.set(sha256, bytes);
    return {
      name: { sha256, size: bytes.length },
      locations: { [sha256]: [[0, bytes.length, sha256]] },
    };
  }

  progress(done: number): void {
    this.progressed = done;
  }

  warn(note: FidelityNote): void {
    this.warnings.push(note);
  }

  finish(selection: JsonObject, summary: CaptureSummary): MemoryPoint {
    return new MemoryPoint(merge(this.generations), this.#blobs, selection, summary, this.warnings);
  }

  #checkBlobs(entry: Entry): void {
    for (const sha256 of Object.keys(entry.blobs ?? {})) {
      if (!this.#blobs.has(sha256))
        throw new Error(`an entry refers to a blob that was not stored: ${sha256}`);
    }
  }
}

/** A recovery point kept in memory. */
export class MemoryPoint implements PointView {
  readonly version = null;
  readonly identity: JsonObject = {};
  readonly position: JsonObject;
  readonly selection: JsonObject;
  readonly missing: readonly FidelityNote[];
  readonly absent: readonly FidelityNote[];
  readonly warnings: readonly FidelityNote[];
  readonly notes: readonly FidelityNote[];
  /** In key order. */
  readonly content: readonly Entry[];
  readonly #blobs: ReadonlyMap<string, Buffer>;
  readonly #byPath: ReadonlyMap<string, Entry>;

  constructor(
    content: readonly Entry[],
    blobs: ReadonlyMap<string, Buffer>,
    selection: JsonObject,
    summary: CaptureSummary,
    warnings: readonly FidelityNote[],
  ) {
    this.content = content;
    this.#blobs = blobs;
    this.selection = selection;
    this.position = JSON.parse(JSON.stringify(summary.position)) as JsonObject;
    this.missing = summary.missing;
    this.absent = summary.absent;
    this.warnings = warnings;
    this.notes = [...summary.missing, ...summary.absent, ...warnings];
    this.#byPath = new Map(content.map((entry) => [JSON.stringify(entry.key), entry]));
  }

  async *entries(prefix: Key = [], signal?: AbortSignal): AsyncGenerator<readonly Entry[]> {
    const within = this.content.filter((entry) => isWithin(entry.key, prefix));
    for (let i = 0; i < within.length; i += 100) {
      signal?.throwIfAborted();
      yield within.slice(i, i + 100);
    }
  }

  async entry(key: Key): Promise<Entry | undefined> {
    return this.#byPath.get(JSON.stringify(key));
  }

  async *blob(entry: Entry, sha256: string): AsyncGenerator<Uint8Array> {
    const bytes = this.#blobs.get(sha256);
    if (bytes === undefined || entry.blobs?.[sha256] === undefined) throw new Error(`no blob ${sha256}`);
    for (let i = 0; i < bytes.length; i += 10_000) yield bytes.subarray(i, i + 10_000);
  }
}

function merge(generations: readonly (readonly Line[])[]): readonly Entry[] {
  const byPath = new Map<string, Line>();
  for (const lines of generations) for (const line of lines) byPath.set(JSON.stringify(line.key), line);
  return [...byPath.values()]
    .filter((line): line is Entry => !isTombstone(line))
    .sort((a, b) => compareKeys(a.key, b.key));
}
