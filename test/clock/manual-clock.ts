import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../main/engine/clock.ts';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that a test turns by hand. */
export class ManualClock implements Clock {
  #elapsed = 0;
  #date: number;
  readonly #timers = new Set<Timer>();

  constructor(date: Date | string) {
    this.#date = new Date(date).getTime();
  }

  now(): Date {
    return new Date(this.#date);
  }

  elapsed(): number {
    return this.#elapsed;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.#elapsed + Math.max(0, milliseconds), callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Timers that wait. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Lets time pass: every timer goes off at its moment, and what follows from it is done before the next one. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#elapsed + milliseconds;
    await settle();
    for (;;) {
      const next = this.#earliest();
      if (next === undefined || next.at > end) break;
      this.#timers.delete(next);
      this.#moveTo(Math.max(this.#elapsed, next.at));
      next.callback();
      await settle();
    }
    this.#moveTo(end);
  }

  /** Sets the date without letting time pass. */
  set(date: Date | string): void {
    this.#date = new Date(date).getTime();
  }

  /** The machine sleeps: the date goes on, timers and `elapsed` stand still. */
  sleep(milliseconds: number): void {
    this.#date += milliseconds;
  }

  #moveTo(elapsed: number): void {
    this.#date += elapsed - this.#elapsed;
    this.#elapsed = elapsed;
  }

  #earliest(): Timer | undefined {
    return [...this.#timers].sort((a, b) => a.at - b.at)[0];
  }
}

/** Lets every promise that can go on do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await setImmediate();
}
