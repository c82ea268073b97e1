import type { HoldfastError } from '../../shared/errors/error.ts';

/** `idle` before it is started; `waiting` until the first item of this connection. */
export type StreamStatus = 'idle' | 'waiting' | 'flowing' | 'ended' | 'failed';

export interface StreamState<S> {
  readonly status: StreamStatus;
  readonly value: S;
  readonly error?: HoldfastError;
}

export interface StreamOptions<T, S> {
  open(signal: AbortSignal): Promise<AsyncIterable<T>>;
  readonly initial: S;
  /** Adds an item to the state; must not change the state it is given. */
  reduce(state: S, item: T): S;
}

/** What a stream store needs of its surroundings. */
export interface StreamWorld {
  /** Calls back when the next frame is drawn. */
  readonly nextFrame: (callback: () => void) => void;
  /** Resolves when the host can be reached. */
  readonly whenOpen: (signal: AbortSignal) => Promise<void>;
  readonly asError: (thrown: unknown) => HoldfastError;
}

/**
 * Follows an event stream and keeps what its items add up to. However many items come, whoever listens is told at
 * most once a frame. When the connection goes it waits for the next one and opens the stream again from its
 * beginning; the old state stays to be seen until the new stream's first item.
 */
export class StreamStore<T, S> {
  readonly #options: StreamOptions<T, S>;
  readonly #world: StreamWorld;
  #state: StreamState<S>;
  #shown: StreamState<S>;
  #frameAsked = false;
  #abort: AbortController | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(options: StreamOptions<T, S>, world: StreamWorld) {
    this.#options = options;
    this.#world = world;
    this.#state = { status: 'idle', value: options.initial };
    this.#shown = this.#state;
  }

  /** The state as of the last frame: stays the same object until the next one that differs. */
  readonly state = (): StreamState<S> => this.#shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Starts from the beginning, ending what flows already. */
  start(): void {
    this.stop();
    const abort = new AbortController();
    this.#abort = abort;
    this.#become({ status: 'waiting', value: this.#options.initial });
    void this.#follow(abort.signal);
  }

  /** Ends the stream, on the host too; what came stays. */
  stop(): void {
    this.#abort?.abort();
    this.#abort = undefined;
  }

  async #follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#world.whenOpen(signal);
        await this.#read(signal);
        if (!signal.aborted) this.#become({ ...this.#state, status: 'ended' });
        return;
      } catch (thrown) {
        if (signal.aborted) return;
        const error = this.#world.asError(thrown);
        if (error.code !== 'host.connection-lost')
          return this.#become({ ...this.#state, status: 'failed', error });
        this.#become({ status: 'waiting', value: this.#state.value });
      }
    }
  }

  async #read(signal: AbortSignal): Promise<void> {
    let value = this.#options.initial;
    for await (const item of await this.#options.open(signal)) {
      if (signal.aborted) return;
      value = this.#options.reduce(value, item);
      this.#become({ status: 'flowing', value });
    }
  }

  #become(state: StreamState<S>): void {
    this.#state = state;
    if (this.#frameAsked) return;
    this.#frameAsked = true;
    this.#world.nextFrame(() => {
      this.#frameAsked = false;
      this.#shown = this.#state;
      for (const listener of this.#listeners) listener();
    });
  }
}
