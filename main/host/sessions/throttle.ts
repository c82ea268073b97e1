import { createHmac, randomBytes } from 'node:crypto';

const CELLS = 4096;

export interface ThrottleOptions {
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** Tries that may follow each other at once. */
  readonly burst: number;
  /** Milliseconds after which one more is allowed. */
  readonly each: number;
}

/**
 * Slows down who guesses: a leaky bucket per key, in a fixed number of cells, so that no flood of keys takes memory.
 * Keys that share a cell share its bucket; which ones do depends on a secret, so nobody can aim at another's.
 */
export class Throttle {
  readonly #options: ThrottleOptions;
  readonly #secret = randomBytes(32);
  readonly #levels = new Float64Array(CELLS);
  readonly #times = new Float64Array(CELLS);

  constructor(options: ThrottleOptions) {
    this.#options = options;
  }

  /** Counts a try before it is made, so that tries at the same time count too. Milliseconds to wait; 0: go on. */
  take(key: string): number {
    const { burst, each } = this.#options;
    const cell = this.#drained(key);
    const level = this.#levels[cell] ?? 0;
    if (level + 1 > burst) return Math.ceil((level + 1 - burst) * each);
    this.#levels[cell] = level + 1;
    return 0;
  }

  /** The try that was counted was right. */
  giveBack(key: string): void {
    const cell = this.#drained(key);
    this.#levels[cell] = Math.max(0, (this.#levels[cell] ?? 0) - 1);
  }

  #drained(key: string): number {
    const cell = createHmac('sha256', this.#secret).update(key).digest().readUInt16LE() % CELLS;
    const now = this.#options.now();
    const drained = (now - (this.#times[cell] ?? 0)) / this.#options.each;
    this.#levels[cell] = Math.max(0, (this.#levels[cell] ?? 0) - drained);
    this.#times[cell] = now;
    return cell;
  }
}
