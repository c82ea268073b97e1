/**
 * Rows for a table: a list that is all here, or a window into a longer one of which pages come when they are needed.
 * `at` gives undefined for a row that has not come yet.
 */
export interface RowSource<T> {
  readonly count: number;
  at(index: number): T | undefined;
  /** The rows from `first` to `last` are about to be seen; called again and again while scrolling. */
  need?(first: number, last: number): void;
}

export function listOf<T>(rows: readonly T[]): RowSource<T> {
  return { count: rows.length, at: (index) => rows[index] };
}

/** What a table is sorted by. */
export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

type Comparable = string | number;

/** A sorted copy; rows without a value stand last, whichever way it is sorted. Stable. */
export function sortRows<T>(
  rows: readonly T[],
  valueIn: (row: T) => Comparable | undefined,
  descending: boolean,
  locale: string,
): T[] {
  const collator = new Intl.Collator(locale, { numeric: true });
  const compare = (left: Comparable, right: Comparable) =>
    typeof left === 'number' && typeof right === 'number'
      ? left - right
      : collator.compare(String(left), String(right));
  return [...rows].sort((a, b) => {
    const [left, right] = [valueIn(a), valueIn(b)];
    if (left === undefined || right === undefined) {
      return Number(left === undefined) - Number(right === undefined);
    }
    return descending ? compare(right, left) : compare(left, right);
  });
}

/** The index that a key moves to in a list of `count` rows; undefined when the key moves nothing. */
export function movedIndex(key: string, index: number, count: number, page: number): number | undefined {
  const target = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: count - 1,
  }[key];
  if (target === undefined || count === 0) return undefined;
  return Math.min(Math.max(target, 0), count - 1);
}
