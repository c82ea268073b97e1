import type { Clock } from '../../main/engine/clock.ts';
import { systemClock } from '../../main/engine/system-clock.ts';

/** How often the date is asked for before it stands at its end: less often than any run asks. */
const QUESTIONS = 10;

/**
 * A clock whose date is set, for a history that is made in a minute and always the same. From the moment that it is
 * asked for the first time the date goes on with every question, not with time: a run takes as long as was said, on
 * whatever machine. Timers run as they always do.
 */
export class StagedClock implements Clock {
  readonly elapsed = systemClock.elapsed;
  readonly after = systemClock.after;
  #start = 0;
  #milliseconds = 0;
  #asked = 0;

  /** What is done from here on takes so many milliseconds. */
  set(date: Date, milliseconds = 0): void {
    this.#start = date.getTime();
    this.#milliseconds = milliseconds;
    this.#asked = 0;
  }

  now(): Date {
    const part = Math.min(1, this.#asked++ / QUESTIONS);
    return new Date(this.#start + Math.round(this.#milliseconds * part));
  }
}
