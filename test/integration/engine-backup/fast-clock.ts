import type { Clock } from '../../../main/engine/clock.ts';
import { systemClock } from '../../../main/engine/system-clock.ts';

/** A clock on which waiting takes so many times less: leases last minutes, tests must not. The date is the real one. */
export function fastClock(times: number): Clock {
  return {
    now: () => systemClock.now(),
    elapsed: () => systemClock.elapsed() * times,
    after: (milliseconds, callback) => systemClock.after(milliseconds / times, callback),
  };
}
