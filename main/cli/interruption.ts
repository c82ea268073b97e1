import { EXIT_CODES } from '../../shared/errors/category.ts';
import type { World } from './world.ts';

/** npm passes a Ctrl-C on to a program that the terminal has already told: that is still the first time. */
const SAME_MILLISECONDS = 500;

/**
 * What Ctrl-C does: the first time it ends what is under way cleanly, the second time it ends the program.
 */
export class Interruption {
  readonly #abort = new AbortController();
  readonly #stop: () => void;
  #handler: (() => void) | undefined;
  #firstAt: number | undefined;

  constructor(world: Pick<World, 'onInterrupt' | 'exit' | 'now'>) {
    this.#stop = world.onInterrupt(() => {
      if (this.#firstAt === undefined) {
        this.#firstAt = world.now();
        this.#first();
      } else if (world.now() - this.#firstAt > SAME_MILLISECONDS) {
        world.exit(EXIT_CODES.cancelled);
      }
    });
  }

  #first(): void {
    if (this.#handler === undefined) this.#abort.abort();
    else this.#handler();
  }

  /** Fires at the first Ctrl-C, unless a handler has taken it. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Resolves when the signal fires. */
  requested(): Promise<void> {
    const { signal } = this;
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** While `work` is under way, Ctrl-C calls `handler` instead of aborting. */
  async handledBy<T>(handler: () => void, work: () => Promise<T>): Promise<T> {
    const before = this.#handler;
    this.#handler = handler;
    try {
      return await work();
    } finally {
      this.#handler = before;
    }
  }

  /** Gives Ctrl-C back to the system. */
  end(): void {
    this.#stop();
  }
}
