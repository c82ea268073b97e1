import type { Sendable } from './exchange.ts';

/** Consumed slots are cut off once there are this many, and more of them than live ones. */
const compactAt = 1024;

/** Exchanges that were sent, in the order in which the server will answer them. */
export class InFlight {
  #slots: (Sendable | undefined)[] = [];
  #head = 0;

  get empty(): boolean {
    return this.#head === this.#slots.length;
  }

  push(exchange: Sendable): void {
    this.#slots.push(exchange);
  }

  /** The exchange whose reply comes next. */
  peek(): Sendable | undefined {
    return this.#slots[this.#head];
  }

  /** Drops the first one, which is answered: what it holds must not live until its slot is cut off. */
  shift(): void {
    this.#slots[this.#head] = undefined;
    this.#head++;
    if (this.empty) {
      this.#slots.length = 0;
      this.#head = 0;
    } else if (this.#head >= compactAt && this.#head * 2 > this.#slots.length) {
      this.#slots = this.#slots.slice(this.#head);
      this.#head = 0;
    }
  }

  /** Empties the queue and returns what was in it. */
  drain(): readonly Sendable[] {
    const rest = this.#slots.slice(this.#head).filter((exchange) => exchange !== undefined);
    this.#slots = [];
    this.#head = 0;
    return rest;
  }
}
