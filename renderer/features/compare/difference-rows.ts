import type { CountEvent } from '../../../shared/contract/contract.ts';
import type { ShownDifference } from '../../../shared/model/listing.ts';

export type Change = ShownDifference['change'];
export type Counts = CountEvent['counts'];

/** In the order in which they are shown. */
export const CHANGES: readonly Change[] = ['changed', 'removed', 'added'];

export const NO_COUNTS: Counts = { added: 0, removed: 0, changed: 0 };

/** Differences that came in one stream, as far as they are held. */
export interface Streamed {
  readonly counts: Counts;
  readonly rows: readonly ShownDifference[];
  /** There were more than are held. */
  readonly cut: boolean;
}

export const NOTHING_STREAMED: Streamed = { counts: NO_COUNTS, rows: [], cut: false };

/** Differences of a live cluster that are held at most: reading it once more for a page would burden it. */
export const MOST_HELD = 50_000;

/** Counts a batch and holds it as long as there is room. */
export function addBatch(state: Streamed, batch: readonly ShownDifference[]): Streamed {
  const counts = { ...state.counts };
  for (const { change } of batch) counts[change] += 1;
  const room = MOST_HELD - state.rows.length;
  if (room <= 0) return { ...state, counts, cut: true };
  return { counts, rows: [...state.rows, ...batch.slice(0, room)], cut: state.cut || batch.length > room };
}

/** The rows of these kinds of change whose path holds the text, in whatever case. */
export function narrow(
  rows: readonly ShownDifference[],
  changes: readonly Change[] | undefined,
  containing: string,
): readonly ShownDifference[] {
  if (changes === undefined && containing === '') return rows;
  const wanted = containing.toLowerCase();
  return rows.filter(
    ({ change, key }) =>
      (changes === undefined || changes.includes(change)) &&
      (wanted === '' || `/${key.join('/')}`.toLowerCase().includes(wanted)),
  );
}
