import type { Schedule } from '../../../shared/model/task.ts';
import { nextOccurrences } from './occurrences.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SHORTEST_GRACE = 10 * MINUTE;
const LONGEST_GRACE = 6 * HOUR;

/**
 * Since when a good point should have been there: the first run that was due after the last good one (`done`; the
 * task's creation where there is none), and time enough to do it. Undefined while nothing is late.
 */
export function overdueSince(schedule: Schedule, done: Date, now: Date): Date | undefined {
  const [due] = nextOccurrences(schedule, done, 1);
  if (due === undefined) return undefined;
  const since = new Date(due.getTime() + grace(schedule));
  return since <= now ? since : undefined;
}

/** A quarter of the time between runs, from ten minutes to six hours. */
function grace({ every, unit }: Schedule): number {
  const period = every * (unit === 'hours' ? HOUR : 24 * HOUR);
  return Math.min(LONGEST_GRACE, Math.max(SHORTEST_GRACE, period / 4));
}
