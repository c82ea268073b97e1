const MOST_WAITING = 1000;

/**
 * Turns work that calls back into a stream of events. `latest` events replace each other while nobody has taken
 * them; `add` keeps each, and past a thousand waiting ones its promise is the backpressure. What comes after the
 * reader has left is dropped.
 */
export class EventQueue<T> {
  #events: T[] = [];
  #latest: T | undefined;
  #ended = false;
  #left = false;
  #wake: () => void = () => {};
  #room: PromiseWithResolvers<void> | undefined;

  latest(event: T): void {
    this.#latest = event;
    this.#wake();
  }

  add(event: T): void | Promise<void> {
    if (this.#left) return;
    this.#events.push(event);
    this.#wake();
    if (this.#events.length < MOST_WAITING) return;
    this.#room ??= Promise.withResolvers();
    return this.#room.promise;
  }

  /** Runs the work and yields its events until it has ended; throws what it throws. Leaving early aborts the work. */
  async *during(
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<void>,
  ): AsyncGenerator<T> {
    const left = new AbortController();
    const stop = signal === undefined ? left.signal : AbortSignal.any([signal, left.signal]);
    const working = work(stop).finally(() => {
      this.#ended = true;
      this.#wake();
    });
    working.catch(() => {});
    try {
      yield* this.#drain();
      await working;
    } finally {
      this.#left = true;
      left.abort();
      this.#makeRoom();
      await working.catch(() => {});
    }
  }

  async *#drain(): AsyncGenerator<T> {
    for (;;) {
      const events = this.#take();
      if (events.length === 0 && this.#ended) return;
      yield* events;
      if (events.length === 0) await this.#news();
    }
  }

  #take(): readonly T[] {
    // Progress first: what was added may be the last event there is.
    const events = this.#latest === undefined ? this.#events : [this.#latest, ...this.#events];
    this.#events = [];
    this.#latest = undefined;
    this.#makeRoom();
    return events;
  }

  #makeRoom(): void {
    this.#room?.resolve();
    this.#room = undefined;
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      if (this.#ended || this.#events.length > 0 || this.#latest !== undefined) resolve();
    });
  }
}
