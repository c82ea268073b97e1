import { HoldfastError } from '../../../shared/errors/error.ts';
import { TAIL_READ } from '../layout/format.ts';

/** A stored file, read by ranges. */
export interface ByteSource {
  /** Bytes of the whole file. */
  readonly size: number;
  /** Exactly `length` bytes from `offset`; rejects when they cannot be had. */
  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array>;
}

/** A source whose last bytes were fetched once and are kept. Checks that every read gives what was asked for. */
export class TailedSource {
  readonly #source: ByteSource;
  readonly #tail: Buffer;

  private constructor(source: ByteSource, tail: Buffer) {
    this.#source = source;
    this.#tail = tail;
  }

  /** Fetches the last 64 KiB in one read. */
  static async open(source: ByteSource, signal?: AbortSignal): Promise<TailedSource> {
    const length = Math.min(TAIL_READ, source.size);
    return new TailedSource(source, await readExactly(source, source.size - length, length, signal));
  }

  get size(): number {
    return this.#source.size;
  }

  async read(offset: number, length: number, signal?: AbortSignal): Promise<Buffer> {
    const inTail = offset - (this.size - this.#tail.length);
    if (inTail >= 0) return this.#tail.subarray(inTail, inTail + length);
    return readExactly(this.#source, offset, length, signal);
  }
}

/** Reads a range and checks its length. Throws `archive.short-read`. */
export async function readExactly(
  source: ByteSource,
  offset: number,
  length: number,
  signal?: AbortSignal,
): Promise<Buffer> {
  signal?.throwIfAborted();
  if (length === 0) return Buffer.alloc(0);
  const bytes = await source.read(offset, length, signal);
  signal?.throwIfAborted();
  if (bytes.length !== length)
    throw new HoldfastError('archive.short-read', { offset, length, found: bytes.length });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
