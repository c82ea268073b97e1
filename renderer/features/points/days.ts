import { groupBy } from '../../../shared/group-by.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** The local day of an instant: `2026-03-29`. */
export function dayOf(instant: string | Date): string {
  const date = new Date(instant);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** First and last instant of the local month that a day lies in, with a week at either side as calendars show it. */
export function monthSpan(day: string): { readonly since: string; readonly until: string } {
  const [year = 1970, month = 1] = day.split('-').map(Number);
  const since = new Date(year, month - 1, -6);
  const until = new Date(year, month, 8);
  return { since: since.toISOString(), until: until.toISOString() };
}

/** Points by their local day, in the order they came. */
export function byDay<T extends { readonly created: string }>(
  points: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  return groupBy(points, ({ created }) => dayOf(created));
}
