import type { Schedule } from '../../../shared/model/task.ts';
import { instantOf, type LocalTime, localTimeAt } from './time-zone.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** No zone's clocks are ever set by more than a day, and offsets stay within a day of UTC. */
const LARGEST_CLOCK_CHANGE = 2 * DAY;

/**
 * The schedule's occurrences later than `after`, without end, in ascending order, each once. Number 0 is `start`
 * itself; hours count elapsed time from it, days repeat its local time of day in the zone. A local time that is
 * skipped by a clock change moves forward by what was skipped; one that comes twice means the first.
 * @throws HoldfastError `engine.unknown-time-zone`
 */
export function* occurrencesAfter(schedule: Schedule, after: Date): Generator<Date> {
  const timeOf = numbered(schedule);
  let last = after.getTime();
  for (let number = firstCandidate(schedule, last); ; number++) {
    const time = timeOf(number);
    // Where a whole day is skipped, two numbers fall on one instant.
    if (time > last) {
      last = time;
      yield new Date(time);
    }
  }
}

/** The occurrences later than `after` and not later than `until`. */
export function* occurrencesBetween(schedule: Schedule, after: Date, until: Date): Generator<Date> {
  for (const occurrence of occurrencesAfter(schedule, after)) {
    if (occurrence > until) return;
    yield occurrence;
  }
}

/** The next `count` occurrences later than `from`. */
export function nextOccurrences(schedule: Schedule, from: Date, count: number): Date[] {
  return occurrencesAfter(schedule, from).take(count).toArray();
}

/** The time of occurrence number n. */
function numbered({ start, every, unit, timeZone }: Schedule): (number: number) => number {
  const first = Date.parse(start);
  if (unit === 'hours') return (number) => first + number * every * HOUR;
  const local: LocalTime = localTimeAt(timeZone, first);
  // The start counts as it was given, also when it is the second of two equal local times.
  return (number) => (number === 0 ? first : instantOf(timeZone, local + number * every * DAY));
}

/** A number that is not past the first occurrence after `time`. */
function firstCandidate({ start, every, unit }: Schedule, time: number): number {
  const period = every * (unit === 'hours' ? HOUR : DAY);
  return Math.max(0, Math.floor((time - Date.parse(start) - LARGEST_CLOCK_CHANGE) / period));
}
