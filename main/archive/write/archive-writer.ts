import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { ChunkLocation, Entry, Line } from '../../../shared/model/entry.ts';
import { isTombstone } from '../../../shared/model/entry.ts';
import {
  ARCHIVE_FORMAT,
  type KindCount,
  type Manifest,
  type ManifestFacts,
} from '../../../shared/model/manifest.ts';
import type { Seal } from '../keys/recipients.ts';
import { footerSigner, type Signer } from '../keys/signing.ts';
import { plainForm, sealedForm } from '../layout/block-form.ts';
import { encodeEnding } from '../layout/footer.ts';
import { MANIFEST_LIMIT } from '../layout/format.ts';
import { encodeRoot } from '../layout/index-text.ts';
import { LiveCounts } from '../layout/live-counts.ts';
import type { PageRecord } from '../layout/part.ts';
import { BlobStore, type StoredBlob } from './blob-store.ts';
import { BlockPress } from './block-press.ts';
import { IndexBuilder } from './index-builder.ts';
import { ByteOutlet } from './outlet.ts';
import { fits } from './part-builder.ts';
import { PartEmitter } from './part-emitter.ts';
import { RecordStream } from './record-stream.ts';

export interface WriterOptions {
  /** The archive's id: 32 hex digits, random. */
  readonly id: string;
  /** When the capture began. */
  readonly created: Date;
  /** Deflate level, 1 to 9; 8 unless given. */
  readonly level?: number;
  /** True when nothing but generation 0 will be put: saves 14 bytes of memory a line. */
  readonly singlePass?: boolean;
  /** Encrypts the archive; made by `createSeal` for this id. */
  readonly seal?: Seal;
  readonly signer?: Signer;
  /** Asked before a chunk is stored: where it already lies in another archive of the chain. */
  readonly sharedChunk?: (sha256: string) => ChunkLocation | undefined;
}

/** What came of writing an archive. Digests are hex, sizes bytes. */
export interface FinishedArchive {
  readonly manifest: Manifest;
  /** What an increment's `parent.footer` refers to. */
  readonly footerSha256: string;
  /** Of the whole file, for the files beside it. */
  readonly sha256: string;
  readonly md5: string;
  readonly size: number;
  readonly counts: { readonly [kind: string]: KindCount };
}

/**
 * Writes one archive as a stream of bytes. Memory is bounded (about 30 MB, and 14 bytes a line unless
 * `singlePass`) as long as the promises that it returns are awaited. After any failure it is closed: `bytes`
 * rejects, and so does every later call.
 */
export interface ArchiveWriter {
  /** The file; read it once, while writing. Stopping early closes the writer. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /**
   * Adds a line. Keys ascend strictly within a generation; generations may be mixed. Returns a promise only when
   * the consumer or the compressor has to catch up; the line is taken either way.
   * Throws `archive.keys-out-of-order`, `archive.entry-invalid`, `archive.limit-exceeded`, `archive.writer-closed`.
   */
  put(line: Line, generation?: number): void | Promise<void>;
  /** Compresses what was put of a generation now, in the background; more may follow, in a part of its own. */
  flush(generation: number): void;
  /** Stores a blob, before the first entry that refers to it. */
  blob(bytes: AsyncIterable<Uint8Array> | Uint8Array): Promise<StoredBlob>;
  /** Ends the file; resolves when its last byte has been handed to the queue behind `bytes`. */
  finish(facts: ManifestFacts): Promise<FinishedArchive>;
  /** Closes the writer; `bytes` rejects with the error, so that no storage takes the file for a whole one. */
  abort(error: unknown): void;
}

/** With Node's zlib denser than `gzip -6`, in less time (docs/adr/0003). */
const DEFAULT_LEVEL = 8;

/** Starts an archive. Nothing is read from or written to anywhere but `bytes`. */
export function openArchiveWriter(options: WriterOptions): ArchiveWriter {
  return new Writer(options);
}

class Writer implements ArchiveWriter {
  readonly #options: WriterOptions;
  readonly #outlet: ByteOutlet;
  readonly #press: BlockPress;
  readonly #index = new IndexBuilder();
  readonly #emitter: PartEmitter;
  readonly #blobs: BlobStore;
  readonly #counts: LiveCounts;
  readonly #streams: (RecordStream | undefined)[] = [];
  #closed: { readonly error: unknown } | undefined;

  constructor(options: WriterOptions) {
    const { id, seal, level = DEFAULT_LEVEL, sharedChunk = () => undefined } = options;
    this.#options = options;
    this.#outlet = new ByteOutlet(() => this.abort(new HoldfastError('archive.writer-closed')));
    const form = seal === undefined ? plainForm(level) : sealedForm(level, seal.dataKey, id);
    this.#press = new BlockPress(form);
    this.#counts = new LiveCounts(id, { singlePass: options.singlePass === true });
    this.#emitter = new PartEmitter({
      outlet: this.#outlet,
      press: this.#press,
      form,
      index: this.#index,
      level,
      modified: Math.floor(options.created.getTime() / 1000),
    });
    this.#blobs = new BlobStore({
      press: this.#press,
      emitter: this.#emitter,
      room: () => this.#room(),
      sharedChunk,
    });
  }

  get bytes(): AsyncIterable<Uint8Array> {
    return this.#outlet;
  }

  put(line: Line, generation = 0): void | Promise<void> {
    this.#assertOpen();
    if (!isTombstone(line) && line.blobs !== undefined) this.#checkBlobs(line);
    this.#stream(generation).put(line);
    if (this.#press.isBusy || this.#emitter.isBusy || this.#outlet.isFull) return this.#room();
  }

  flush(generation: number): void {
    this.#assertOpen();
    this.#streams[generation]?.close();
  }

  async blob(bytes: AsyncIterable<Uint8Array> | Uint8Array): Promise<StoredBlob> {
    this.#assertOpen();
    return this.#blobs.store(bytes instanceof Uint8Array ? once(bytes) : bytes);
  }

  async finish(facts: ManifestFacts): Promise<FinishedArchive> {
    this.#assertOpen();
    try {
      const finished = await this.#finish(facts);
      this.#closed = { error: new HoldfastError('archive.writer-closed') };
      return finished;
    } catch (error) {
      this.abort(error);
      throw error;
    }
  }

  abort(error: unknown): void {
    if (this.#closed !== undefined) return;
    this.#closed = { error };
    this.#outlet.fail(error);
  }

  async #finish(facts: ManifestFacts): Promise<FinishedArchive> {
    for (const stream of this.#streams) stream?.close();
    await this.#emitter.settled();
    const root = await this.#writeIndex();
    this.#assertOpen();
    const manifest = this.#manifest(facts, root);
    const text = JSON.stringify(manifest);
    if (!fits(text, MANIFEST_LIMIT)) {
      throw new HoldfastError('archive.limit-exceeded', {
        what: detail('the-manifest'),
        limit: `${MANIFEST_LIMIT} B`,
      });
    }
    const tail = this.#emitter.emitTail(text);
    const ending = encodeEnding(
      {
        encrypted: this.#options.seal !== undefined,
        memberTwoOffset: this.#emitter.offset,
        tailOffset: tail.offset,
        tailSize: tail.inflated,
        tailSha256: tail.sha256,
      },
      this.#options.signer === undefined ? undefined : footerSigner(this.#options.signer),
    );
    this.#outlet.push(ending.bytes);
    const size = this.#emitter.offset + ending.bytes.length;
    return { manifest, footerSha256: ending.sha256, ...this.#outlet.end(), size, counts: manifest.counts };
  }

  async #writeIndex(): Promise<Manifest['root']> {
    const dataEnd = this.#emitter.offset;
    const parts = this.#emitter.parts;
    const pages: PageRecord[] = [];
    for (const draft of this.#index.finish()) {
      const { offset, length, sha256, part } = await this.#emitter.emitIndexPart(draft.text(), 'page');
      const { parts: listed, dataOffset, ranges } = draft;
      pages.push({
        offset,
        length,
        sha256: sha256.toString('base64url'),
        part,
        parts: listed,
        dataOffset,
        ranges,
      });
    }
    const root = await this.#emitter.emitIndexPart(encodeRoot({ pages, dataEnd, parts }), 'root');
    return {
      offset: root.offset,
      length: root.length,
      sha256: root.sha256.toString('base64url'),
      part: root.part,
    };
  }

  #manifest(facts: ManifestFacts, root: Manifest['root']): Manifest {
    const { id, created, seal } = this.#options;
    const { counts, tombstones } = this.#counts.finish();
    return {
      format: ARCHIVE_FORMAT,
      id,
      created: created.toISOString(),
      finished: facts.finished,
      tool: facts.tool,
      source: facts.source,
      cluster: facts.cluster,
      task: facts.task,
      run: facts.run,
      set: facts.set,
      parent: facts.parent,
      depth: facts.depth,
      complete: facts.complete,
      selection: facts.selection,
      position: facts.position,
      counts,
      tombstones,
      generations: Math.max(1, this.#streams.length),
      blobs: this.#blobs.totals,
      notes: facts.notes,
      sensitive: facts.sensitive,
      consent: facts.consent,
      encryption: seal?.encryption ?? null,
      root,
    };
  }

  #stream(generation: number): RecordStream {
    const known = this.#streams[generation];
    if (known !== undefined) return known;
    if (generation !== 0 && this.#options.singlePass === true) {
      throw new HoldfastError('general.unexpected', { problem: 'an overlay in an archive of a single pass' });
    }
    const stream = new RecordStream(generation, this.#press, this.#emitter, this.#counts);
    this.#streams[generation] = stream;
    return stream;
  }

  #checkBlobs(entry: Entry): void {
    const isStored = Object.values(entry.blobs ?? {}).every((chunks) =>
      chunks.every((chunk) => this.#blobs.has(chunk)),
    );
    if (isStored) return;
    const key = JSON.stringify(entry.key);
    throw new HoldfastError('archive.entry-invalid', {
      key,
      problem: detail('blob-not-stored'),
    });
  }

  /** Waits until compressor, emitter and consumer have caught up. */
  async #room(): Promise<void> {
    this.#assertOpen();
    try {
      await this.#press.room();
      await this.#emitter.room();
      await this.#outlet.room();
    } catch (error) {
      this.abort(error);
      throw error;
    }
    this.#assertOpen();
  }

  #assertOpen(): void {
    if (this.#closed !== undefined) throw this.#closed.error;
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
