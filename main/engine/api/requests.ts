import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';

/** What callers have asked for and is under way, runs left out. The engine ends it before it closes what it uses. */
export class Requests {
  readonly #stop = new AbortController();
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #streams = new Set<AsyncGenerator<unknown>>();

  /** Fires when the caller leaves or the engine stops. @throws HoldfastError `engine.stopping` once it does */
  signal(caller: AbortSignal | undefined): AbortSignal {
    this.#stop.signal.throwIfAborted();
    return caller === undefined ? this.#stop.signal : AbortSignal.any([caller, this.#stop.signal]);
  }

  async during<T>(work: Promise<T>): Promise<T> {
    this.#underWay.add(work);
    try {
      return await work;
    } finally {
      this.#underWay.delete(work);
    }
  }

  /** The same items; begins to count with the first one asked for. */
  async *stream<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
    this.#stop.signal.throwIfAborted();
    this.#streams.add(items);
    try {
      yield* items;
      this.#stop.signal.throwIfAborted();
    } finally {
      this.#streams.delete(items);
    }
  }

  /** Aborts everything and waits for its end. A stream that nobody reads at the moment is ended where it stands. */
  async close(): Promise<void> {
    this.#stop.abort(new HoldfastError('engine.stopping', { what: detail('the-request') }));
    const streams = [...this.#streams].map((items) => items.return(undefined));
    await Promise.allSettled([...this.#underWay, ...streams]);
  }
}
