import type { Change } from '../../../shared/model/change.ts';
import type { Clock } from '../clock.ts';

const LEAST_INTERVAL_MS = 100;
/** A watcher that waits for more is told of kinds instead of single ones. */
const MOST_WAITING = 1000;

/**
 * Tells any number of watchers what changed. Changes of one thing that a watcher has not taken yet are one change;
 * what waits for a slow one is bounded. Batches are a tenth of a second apart.
 */
export class ChangeFeed {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #watchers = new Set<Watcher>();

  constructor(clock: Pick<Clock, 'after'>) {
    this.#clock = clock;
  }

  tell(change: Change): void {
    for (const watcher of this.#watchers) watcher.add(change);
  }

  /** Begins with `all`; every change after that was taken is told. Ends when the signal fires. */
  async *watch(signal?: AbortSignal): AsyncGenerator<Change> {
    if (signal?.aborted === true) return;
    const watcher = new Watcher();
    const leave = () => watcher.leave();
    this.#watchers.add(watcher);
    signal?.addEventListener('abort', leave, { once: true });
    try {
      yield { kind: 'all' };
      while (await watcher.news()) {
        yield* watcher.take();
        await this.#pause(watcher);
      }
    } finally {
      signal?.removeEventListener('abort', leave);
      this.#watchers.delete(watcher);
    }
  }

  async #pause(watcher: Watcher): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#clock.after(LEAST_INTERVAL_MS, resolve);
    await Promise.race([promise, watcher.left]);
    cancel();
  }
}

class Watcher {
  readonly #waiting = new Map<string, Change>();
  readonly #left = Promise.withResolvers<void>();
  #gone = false;
  #wake: () => void = () => {};

  /** Resolves when the watcher has left. */
  get left(): Promise<void> {
    return this.#left.promise;
  }

  add(change: Change): void {
    this.#keep(change);
    if (this.#waiting.size > MOST_WAITING) this.#keepKinds();
    this.#wake();
  }

  leave(): void {
    this.#gone = true;
    this.#left.resolve();
    this.#wake();
  }

  /** Resolves once there is something to take; false when the watcher has left. */
  async news(): Promise<boolean> {
    while (this.#waiting.size === 0 && !this.#gone) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return !this.#gone;
  }

  take(): readonly Change[] {
    const taken = [...this.#waiting.values()];
    this.#waiting.clear();
    return taken;
  }

  #keep(change: Change): void {
    // The kind as a whole holds each of its own.
    if (this.#waiting.has(change.kind)) return;
    this.#waiting.set(change.id === undefined ? change.kind : `${change.kind} ${change.id}`, change);
  }

  #keepKinds(): void {
    const kinds = new Set([...this.#waiting.values()].map(({ kind }) => kind));
    this.#waiting.clear();
    for (const kind of kinds) this.#waiting.set(kind, { kind });
  }
}
