import type { Schedule } from '../../../shared/model/task.ts';
import { occurrencesAfter, occurrencesBetween } from './occurrences.ts';

/** A run that should be started now. */
export interface DueRun {
  /** The latest occurrence that it stands for. */
  readonly at: Date;
  readonly reason: 'schedule' | 'catch-up';
  /** Occurrences that go without a run of their own. */
  readonly missed: number;
}

/** How late a run may be and still count as being on time. */
const ON_TIME = 2 * 60_000;

/** A clock that was corrected by less does not make what was already done due again. */
const SMALL_CORRECTION = 10 * 60_000;

/**
 * What is due at `now`, when everything up to `handled` has been seen to: the start of the last run by schedule,
 * or the task's creation. Several occurrences that were missed give one run, a catch-up.
 */
export function dueRun(schedule: Schedule, handled: Date, now: Date): DueRun | undefined {
  let count = 0;
  let at: Date | undefined;
  for (const occurrence of occurrencesBetween(schedule, credible(handled, now), now)) {
    count += 1;
    at = occurrence;
  }
  if (at === undefined) return undefined;
  const onTime = count === 1 && now.getTime() - at.getTime() <= ON_TIME;
  return { at, reason: onTime ? 'schedule' : 'catch-up', missed: count - 1 };
}

/** When the next run becomes due, provided that nothing is due at `now`. */
export function nextDue(schedule: Schedule, handled: Date, now: Date): Date {
  const after = new Date(Math.max(now.getTime(), credible(handled, now).getTime()));
  const [next] = occurrencesAfter(schedule, after).take(1);
  if (next === undefined) throw new Error('a schedule has no end');
  return next;
}

/**
 * Up to when things have been seen to, as far as it can be believed at `now`. A run that lies well in the future was
 * started while the clock was wrong. It must not keep the task from running until then: better one run too many than
 * none. Then nothing is known but what fell due since somebody last `looked`.
 */
export function credible(handled: Date, now: Date, looked = now): Date {
  if (handled.getTime() - now.getTime() <= SMALL_CORRECTION) return handled;
  return looked < now ? looked : now;
}
