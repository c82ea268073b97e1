import { untilAborted } from '../../../shared/abort.ts';
import type { Storage } from '../contract.ts';

/**
 * At most `inFlight` requests at once, first come, first served. A slot is held only while the storage works for
 * a caller, never while it waits for the caller's next pull or for the data of a write: so reads and writes
 * that feed each other cannot wait for each other's slots.
 */
export function withLimit(storage: Storage, inFlight: number): Storage {
  const slots = new Slots(inFlight);
  return {
    partSize: storage.partSize,
    stat: (path, signal) => slots.during(() => storage.stat(path, signal), signal),
    remove: (path, signal) => slots.during(() => storage.remove(path, signal), signal),
    usage: (signal) => slots.during(() => storage.usage(signal), signal),
    sweep: (olderThan, options) => slots.during(() => storage.sweep(olderThan, options), options?.signal),
    list: (prefix, signal) => slots.duringPulls(storage.list(prefix, signal), signal),
    directories: (prefix, signal) => slots.duringPulls(storage.directories(prefix, signal), signal),
    read: (path, range, signal) => slots.duringPulls(storage.read(path, range, signal), signal),
    write: (path, data, options) =>
      slots.duringWrite(data, options?.signal, (lent) => storage.write(path, lent, options)),
    close: () => storage.close(),
  };
}

/** Whether a write has its slot at the moment, and whether it is over. */
interface Hold {
  held: boolean;
  ended: boolean;
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

  /** Holds a slot during a write, but for the times when it waits for its data. */
  async duringWrite<T, R>(
    data: AsyncIterable<T>,
    signal: AbortSignal | undefined,
    write: (data: AsyncIterable<T>) => Promise<R>,
  ): Promise<R> {
    await this.#take(signal);
    const hold: Hold = { held: true, ended: false };
    try {
      return await write(this.#lending(data, hold, signal));
    } finally {
      hold.ended = true;
      if (hold.held) this.#give();
    }
  }

  async *#lending<T>(
    items: AsyncIterable<T>,
    hold: Hold,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<T> {
    const iterator = items[Symbol.asyncIterator]();
    let done = false;
    try {
      for (;;) {
        hold.held = false;
        this.#give();
        const result = await iterator.next();
        done = result.done === true;
        await this.#takeBack(hold, signal);
        if (result.done === true) return;
        yield result.value;
      }
    } finally {
      if (!done) await iterator.return?.();
    }
  }

  /** A write that was given up while its data was awaited has ended without its slot. */
  async #takeBack(hold: Hold, signal: AbortSignal | undefined): Promise<void> {
    if (hold.ended) return;
    await this.#take(signal);
    if (hold.ended) this.#give();
    else hold.held = true;
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

  #give(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free += 1;
    } else {
      this.#waiting.delete(next);
      next();
    }
  }
}
