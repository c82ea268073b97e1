import type {
  ByteRange,
  Storage,
  StoredObject,
  SweepOptions,
  Usage,
  WriteOptions,
} from '../../main/storages/contract.ts';
import { splitDirectory, splitPath } from '../../main/storages/path-rules.ts';
import { pullUntilAborted } from '../../main/storages/pull-until-aborted.ts';
import { rangeWithin } from '../../main/storages/range.ts';
import { HoldfastError } from '../../shared/errors/error.ts';

interface Held {
  readonly bytes: Buffer;
  readonly modified: Date;
}

/** A storage in memory, for tests; made slow or faulty by `withFaults`. */
export class MemoryStorage implements Storage {
  readonly partSize = undefined;
  readonly #objects = new Map<string, Held>();
  readonly #capacity: number | undefined;
  readonly #now: () => Date;

  /** `capacity` in bytes; without it the storage takes all and cannot tell its usage. */
  constructor(options: { readonly capacity?: number; readonly now?: () => Date } = {}) {
    this.#capacity = options.capacity;
    this.#now = options.now ?? (() => new Date());
  }

  async stat(path: string, signal?: AbortSignal): Promise<StoredObject | undefined> {
    signal?.throwIfAborted();
    splitPath(path);
    const held = this.#objects.get(path);
    return held === undefined ? undefined : describe(path, held);
  }

  async *list(prefix: string, signal?: AbortSignal): AsyncGenerator<StoredObject> {
    signal?.throwIfAborted();
    for (const [path, held] of [...this.#below(prefix)]) {
      signal?.throwIfAborted();
      yield describe(path, held);
    }
  }

  async *directories(prefix: string, signal?: AbortSignal): AsyncGenerator<string> {
    signal?.throwIfAborted();
    const depth = splitDirectory(prefix).length;
    const names = new Set<string>();
    for (const [path] of this.#below(prefix)) {
      const components = path.split('/');
      const name = components[depth];
      if (name !== undefined && components.length > depth + 1) names.add(name);
    }
    yield* names;
  }

  async *read(path: string, range?: ByteRange, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    signal?.throwIfAborted();
    splitPath(path);
    const held = this.#objects.get(path);
    if (held === undefined) throw new HoldfastError('storage.missing', { path });
    const { offset, length } = rangeWithin(path, held.bytes.length, range);
    for (let at = offset; at < offset + length; at += 65_536) {
      signal?.throwIfAborted();
      yield new Uint8Array(held.bytes.subarray(at, Math.min(at + 65_536, offset + length)));
    }
  }

  async write(
    path: string,
    data: AsyncIterable<Uint8Array>,
    options: WriteOptions = {},
  ): Promise<StoredObject> {
    options.signal?.throwIfAborted();
    splitPath(path);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of pullUntilAborted(data, options.signal)) {
      size += chunk.length;
      if (this.#capacity !== undefined && this.#used() + size > this.#capacity) {
        throw new HoldfastError('storage.full', { path });
      }
      chunks.push(chunk.slice());
    }
    if (options.ifAbsent === true && this.#objects.has(path)) {
      throw new HoldfastError('storage.exists', { path });
    }
    const held = { bytes: Buffer.concat(chunks), modified: this.#now() };
    this.#objects.set(path, held);
    return describe(path, held);
  }

  async remove(path: string, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    splitPath(path);
    this.#objects.delete(path);
  }

  async usage(signal?: AbortSignal): Promise<Usage> {
    signal?.throwIfAborted();
    return this.#capacity === undefined ? {} : { total: this.#capacity, free: this.#capacity - this.#used() };
  }

  /** Nothing is ever staged. */
  async sweep(_olderThan: Date, { signal }: SweepOptions = {}): Promise<number> {
    signal?.throwIfAborted();
    return 0;
  }

  async close(): Promise<void> {}

  *#below(prefix: string): Generator<[string, Held]> {
    splitDirectory(prefix);
    for (const entry of this.#objects) {
      if (prefix === '' || entry[0].startsWith(`${prefix}/`)) yield entry;
    }
  }

  #used(): number {
    return this.#objects.values().reduce((sum, { bytes }) => sum + bytes.length, 0);
  }
}

function describe(path: string, { bytes, modified }: Held): StoredObject {
  return { path, size: bytes.length, modified };
}
