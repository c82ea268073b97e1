import { createHash, hash } from 'node:crypto';
import type { BlobName, ChunkLocation } from '../../../shared/model/entry.ts';
import { CHUNK_LIMIT } from '../layout/format.ts';
import type { BlockPress } from './block-press.ts';
import { cutBytes } from './part-builder.ts';
import type { PartEmitter } from './part-emitter.ts';

/** A blob as entries refer to it: its name goes into the content, its chunks into the entry's `blobs`. */
export interface StoredBlob {
  readonly name: BlobName;
  readonly chunks: readonly ChunkLocation[];
}

/** Where a chunk already lies in another archive of the chain, its location carrying that archive's id. */
export type SharedChunk = (sha256: string) => ChunkLocation | undefined;

interface BlobStoreParts {
  readonly press: BlockPress;
  readonly emitter: PartEmitter;
  readonly room: () => Promise<void>;
  readonly sharedChunk: SharedChunk;
}

/** Cuts blobs into chunks and stores each chunk once. */
export class BlobStore {
  readonly #with: BlobStoreParts;
  readonly #known = new Map<string, ChunkLocation>();
  #bytes = 0;
  #chunks = 0;

  constructor(parts: BlobStoreParts) {
    this.#with = parts;
  }

  /** Chunks that this archive stores, and their bytes. */
  get totals(): { readonly chunks: number; readonly bytes: number } {
    return { chunks: this.#chunks, bytes: this.#bytes };
  }

  /** Whether a chunk can be referred to from a record of this archive. */
  has([part, size, sha256, archive]: ChunkLocation): boolean {
    if (archive !== undefined) return true;
    const known = this.#known.get(sha256);
    return known !== undefined && known[0] === part && known[1] === size;
  }

  async store(bytes: AsyncIterable<Uint8Array>): Promise<StoredBlob> {
    const whole = createHash('sha256');
    const chunks: ChunkLocation[] = [];
    let size = 0;
    for await (const chunk of cutChunks(bytes)) {
      whole.update(chunk);
      size += chunk.length;
      chunks.push(this.#storeChunk(chunk));
      await this.#with.room();
    }
    return { name: { sha256: whole.digest('hex'), size }, chunks };
  }

  #storeChunk(chunk: Buffer): ChunkLocation {
    const sha256 = hash('sha256', chunk, 'hex');
    const known = this.#known.get(sha256) ?? this.#with.sharedChunk(sha256);
    if (known !== undefined) return known;
    const { press, emitter } = this.#with;
    const part = emitter.submit(cutBytes(chunk, press), { type: 'blob', generation: 0, chunk: sha256 });
    const location: ChunkLocation = [part, chunk.length, sha256];
    this.#known.set(sha256, location);
    this.#chunks++;
    this.#bytes += chunk.length;
    return location;
  }
}

/** Re-cuts a stream into chunks of the full size and a last one; each is a copy that its maker may keep. */
async function* cutChunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let chunk: Buffer | undefined;
  let used = 0;
  for await (const piece of bytes) {
    for (let at = 0; at < piece.length; ) {
      chunk ??= Buffer.allocUnsafeSlow(CHUNK_LIMIT);
      const taken = piece.subarray(at, at + CHUNK_LIMIT - used);
      chunk.set(taken, used);
      used += taken.length;
      at += taken.length;
      if (used < CHUNK_LIMIT) continue;
      yield chunk;
      chunk = undefined;
      used = 0;
    }
  }
  if (chunk !== undefined) yield Buffer.from(chunk.subarray(0, used));
}
