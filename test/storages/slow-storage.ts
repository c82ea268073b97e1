import type { Storage, StoredObject, WriteOptions } from '../../main/storages/contract.ts';
import { HoldfastError } from '../../shared/errors/error.ts';

/** Objects that several clients share. */
export class Shelf {
  readonly objects = new Map<string, string>();
  /** Objects created so far. */
  created = 0;
}

interface PendingStep {
  readonly take: () => void;
  /** For the steps of a listing: `Shelf.created` when it began. */
  readonly listingSince?: number;
}

/**
 * One client's way to the shelf, on which everything may take arbitrarily long: the test decides when a request
 * arrives, and when its answer does. It keeps what the contract promises and no more: a listing does not see what
 * is created while it runs, and misses what is removed before it gets there; a request that was given up may
 * still arrive. Only what leases use is there.
 */
export class SlowStorage implements Storage {
  readonly partSize = undefined;
  readonly pending: PendingStep[] = [];
  readonly #shelf: Shelf;
  #isDead = false;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  async *list(prefix: string, signal?: AbortSignal): AsyncGenerator<StoredObject> {
    const since = this.#shelf.created;
    const names = [...this.#shelf.objects.keys()].filter((path) => path.startsWith(`${prefix}/`)).sort();
    const middle = Math.ceil(names.length / 2);
    for (const part of [names.slice(middle), names.slice(0, middle)]) {
      const seen = await this.#step(
        () => part.filter((path) => this.#shelf.objects.has(path)),
        signal,
        since,
      );
      for (const path of seen) yield describe(path);
    }
  }

  async *read(path: string, _range?: unknown, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    const text = await this.#step(() => this.#shelf.objects.get(path), signal);
    if (text === undefined) throw new HoldfastError('storage.missing', { path });
    yield Buffer.from(text);
  }

  async write(
    path: string,
    data: AsyncIterable<Uint8Array>,
    { ifAbsent, signal }: WriteOptions = {},
  ): Promise<StoredObject> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of data) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const taken = await this.#step(() => {
      if (ifAbsent === true && this.#shelf.objects.has(path)) return true;
      this.#shelf.objects.set(path, text);
      this.#shelf.created += 1;
      return false;
    }, signal);
    await this.#step(() => {}, signal);
    if (taken) throw new HoldfastError('storage.exists', { path });
    return describe(path);
  }

  async remove(path: string, signal?: AbortSignal): Promise<void> {
    await this.#step(() => void this.#shelf.objects.delete(path), signal);
  }

  stat(): Promise<never> {
    throw new Error('leases do not stat');
  }

  // biome-ignore lint/correctness/useYield: a lease asks for no directories
  async *directories(): AsyncGenerator<string> {
    throw new Error('leases ask for no directories');
  }

  usage(): Promise<never> {
    throw new Error('leases ask for no usage');
  }

  sweep(): Promise<never> {
    throw new Error('leases do not sweep');
  }

  async close(): Promise<void> {}

  /** The client dies: what it had sent may still arrive, but it gets no answer any more. */
  die(): void {
    this.#isDead = true;
  }

  /** Whether a listing of this client has been under way while so many objects were created. */
  listingIsOld(created: number): boolean {
    return this.pending.some(
      ({ listingSince }) => listingSince !== undefined && this.#shelf.created - listingSince >= created,
    );
  }

  #step<T>(effect: () => T, signal?: AbortSignal, listingSince?: number): Promise<T> {
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      this.pending.push({
        take: () => {
          const result = effect();
          if (!this.#isDead) resolve(result);
        },
        ...(listingSince !== undefined && { listingSince }),
      });
    });
  }
}

function describe(path: string): StoredObject {
  return { path, size: 0, modified: new Date(0) };
}
