import { createHash } from 'node:crypto';
import { HoldfastError } from '../../../shared/errors/error.ts';

/** Bytes handed over at once: small pieces are joined up to this. */
const PIECE = 256 * 1024;
/** Bytes that may wait for the consumer before the writer has to. */
const HIGH_WATER = 4 * 1024 * 1024;

type Waiter = { resolve(): void; reject(error: unknown): void };

/**
 * The file on its way out: a bounded queue that one consumer reads. Hashes of everything that passes are taken
 * on the way. When the consumer stops early, `onStopped` is told once.
 */
export class ByteOutlet implements AsyncIterable<Uint8Array> {
  readonly #onStopped: () => void;
  readonly #sha256 = createHash('sha256');
  readonly #md5 = createHash('md5');
  #pieces: Buffer[] = [];
  #pieceBytes = 0;
  #queue: Buffer[] = [];
  #queuedBytes = 0;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;
  #consumed = false;
  #reader: Waiter | undefined;
  #writers: Waiter[] = [];

  constructor(onStopped: () => void) {
    this.#onStopped = onStopped;
  }

  get isFull(): boolean {
    return this.#queuedBytes >= HIGH_WATER;
  }

  /** Queues bytes; after a failure they are dropped. */
  push(bytes: Buffer): void {
    if (this.#failure !== undefined) return;
    this.#pieces.push(bytes);
    this.#pieceBytes += bytes.length;
    if (this.#pieceBytes >= PIECE) this.#flush();
  }

  /** Resolves when the consumer has made room. */
  room(): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure.error);
    if (!this.isFull) return Promise.resolve();
    return new Promise((resolve, reject) => this.#writers.push({ resolve, reject }));
  }

  /** Nothing comes after this. Hex digests of the whole file. */
  end(): { readonly sha256: string; readonly md5: string } {
    this.#flush();
    this.#ended = true;
    this.#wakeReader();
    return { sha256: this.#sha256.digest('hex'), md5: this.#md5.digest('hex') };
  }

  /** The consumer gets this error next, and so does whoever waits for room. */
  fail(error: unknown): void {
    if (this.#failure !== undefined || this.#ended) return;
    this.#failure = { error };
    this.#queue = [];
    this.#pieces = [];
    this.#reader?.reject(error);
    this.#reader = undefined;
    for (const writer of this.#writers.splice(0)) writer.reject(error);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    if (this.#consumed) throw new HoldfastError('archive.writer-closed');
    this.#consumed = true;
    try {
      for (;;) {
        if (this.#failure !== undefined) throw this.#failure.error;
        const next = this.#queue.shift();
        if (next !== undefined) {
          this.#queuedBytes -= next.length;
          if (!this.isFull) for (const writer of this.#writers.splice(0)) writer.resolve();
          yield next;
        } else if (this.#ended) return;
        else await this.#arrival();
      }
    } finally {
      if (!this.#ended || this.#queue.length > 0) this.#onStopped();
    }
  }

  #arrival(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject };
    });
  }

  #flush(): void {
    if (this.#pieceBytes === 0) return;
    const joined = this.#pieces.length === 1 ? (this.#pieces[0] as Buffer) : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#pieceBytes = 0;
    this.#sha256.update(joined);
    this.#md5.update(joined);
    this.#queue.push(joined);
    this.#queuedBytes += joined.length;
    this.#wakeReader();
  }

  #wakeReader(): void {
    this.#reader?.resolve();
    this.#reader = undefined;
  }
}
