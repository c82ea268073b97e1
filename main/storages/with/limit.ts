import type { Storage } from '../contract.ts';
import { untilAborted } from '../until-aborted.ts';

/**
 * At most `inFlight` requests at once, first come, first served. A slot is held only while the storage works for
 * a caller, never while it waits for the caller's next pull or for the data of a write: so reads and writes
 * that feed each other cannot wait for each other's slots.
 */
export function withLimit(storage: Storage, inFlight: number): Storage {
  const slots = new Slots(inFlight);
  return {
    stat: (path, signal) => slots.during(() => storage.stat(path, signal), signal),
    remove: (path, signal) => slots.during(() => storage.remove(path, signal), signal),
    usage: (signal) => slots.during(() => storage.usage(signal), signal),
    sweep: (olderThan, signal) => slots.during(() => storage.sweep(olderThan, signal), signal),
    list: (prefix, signal) => slots.duringPulls(storage.list(prefix, signal), signal),
    directories: (prefix, signal) => slots.duringPulls(storage.directories(prefix, signal), signal),
    read: (path, range, signal) => slots.duringPulls(storage.read(path, range, signal), signal),
    write: (path, data, options) =>
      slots.during(
        () => storage.write(path, slots.outsidePulls(data, options?.signal), options),
        options?.signal,
      ),
    close: () => storage.close(),
  };
}

class Slots {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  async during<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    await this.#take(signal);
    try {
      return await work();
    } finally {
      this.#give();
    }
  }

  /** Holds a slot while the storage prepares each item. */
  async *duringPulls<T>(items: AsyncIterable<T>, signal: AbortSignal | undefined): AsyncGenerator<T> {
    const iterator = items[Symbol.asyncIterator]();
    try {
      for (;;) {
        const result = await this.during(() => iterator.next(), signal);
        if (result.done === true) return;
        yield result.value;
      }
    } finally {
      await iterator.return?.();
    }
  }

  /** Lends the caller's slot to others while each item is waited for. */
  async *outsidePulls<T>(items: AsyncIterable<T>, signal: AbortSignal | undefined): AsyncGenerator<T> {
    const iterator = items[Symbol.asyncIterator]();
    try {
      for (;;) {
        this.#give();
        const result = await iterator.next().finally(() => this.#takeAnyway(signal));
        if (result.done === true) return;
        yield result.value;
      }
    } finally {
      await iterator.return?.();
    }
  }

  async #take(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.add(resolve);
    try {
      await untilAborted(promise, signal);
    } catch (error) {
      // The slot may have been handed over in the same moment: then it goes on to the next.
      if (!this.#waiting.delete(resolve)) this.#give();
      throw error;
    }
  }

  /** Takes back a lent slot. An aborted holder does not queue: it overdraws, and gives the slot back at once. */
  async #takeAnyway(signal: AbortSignal | undefined): Promise<void> {
    await this.#take(signal).catch(() => {
      this.#free -= 1;
    });
  }

  #give(): void {
    const [next] = this.#waiting;
    if (next !== undefined && this.#free >= 0) {
      this.#waiting.delete(next);
      next();
    } else {
      this.#free += 1;
    }
  }
}
