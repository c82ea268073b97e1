import type { PointsSearch } from './search.ts';

/** What the list and the calendar ask for alike. */
export function filterOf({ task, cluster }: PointsSearch) {
  return { ...(task === undefined ? {} : { task }), ...(cluster === undefined ? {} : { cluster }) };
}
