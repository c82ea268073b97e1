import type { Clock } from './clock.ts';

/** The longest delay that a Node timer takes. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The machine's clock. A timer that waits keeps the process alive. */
export const systemClock: Clock = {
  now: () => new Date(),
  elapsed: () => performance.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, Math.min(Math.max(0, milliseconds), LONGEST_TIMER));
    return () => clearTimeout(timer);
  },
};
