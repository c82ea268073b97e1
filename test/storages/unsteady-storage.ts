import type {
  ByteRange,
  Storage,
  StoredObject,
  SweepOptions,
  Usage,
  WriteOptions,
} from '../../main/storages/contract.ts';
import { HoldfastError } from '../../shared/errors/error.ts';

/** A way to a storage that fails when the test says so: before a call arrives, or after it was done. */
export class UnsteadyStorage implements Storage {
  readonly partSize = undefined;
  line: 'fine' | 'cut' | 'answers to writes are lost' = 'fine';
  readonly #inner: Storage;

  constructor(inner: Storage) {
    this.#inner = inner;
  }

  async stat(path: string, signal?: AbortSignal): Promise<StoredObject | undefined> {
    this.#reach();
    return this.#inner.stat(path, signal);
  }

  async *list(prefix: string, signal?: AbortSignal): AsyncGenerator<StoredObject> {
    this.#reach();
    yield* this.#inner.list(prefix, signal);
  }

  async *directories(prefix: string, signal?: AbortSignal): AsyncGenerator<string> {
    this.#reach();
    yield* this.#inner.directories(prefix, signal);
  }

  async *read(path: string, range?: ByteRange, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    this.#reach();
    yield* this.#inner.read(path, range, signal);
  }

  async write(path: string, data: AsyncIterable<Uint8Array>, options?: WriteOptions): Promise<StoredObject> {
    this.#reach();
    const stored = await this.#inner.write(path, data, options);
    if (this.line !== 'fine') throw unreachable();
    return stored;
  }

  async remove(path: string, signal?: AbortSignal): Promise<void> {
    this.#reach();
    await this.#inner.remove(path, signal);
  }

  async usage(signal?: AbortSignal): Promise<Usage> {
    this.#reach();
    return this.#inner.usage(signal);
  }

  async sweep(olderThan: Date, options?: SweepOptions): Promise<number> {
    this.#reach();
    return this.#inner.sweep(olderThan, options);
  }

  async close(): Promise<void> {}

  #reach(): void {
    if (this.line === 'cut') throw unreachable();
  }
}

function unreachable(): HoldfastError {
  return new HoldfastError('storage.unreachable', { problem: 'the line is cut' });
}
