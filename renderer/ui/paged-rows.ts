import type { RowSource } from './table-rows.ts';

/** Rows before the end at which the next page is asked for. */
const AHEAD = 30;

/** A list that comes page by page, as rows of a table: one more row than there are stands for the pages to come. */
export function pagedRows<T>(
  rows: readonly T[],
  more: { readonly has: boolean; readonly loading: boolean; readonly load: () => void },
): RowSource<T> {
  return {
    count: rows.length + (more.has ? 1 : 0),
    at: (index) => rows[index],
    need: (_first, last) => {
      if (more.has && !more.loading && last >= rows.length - AHEAD) more.load();
    },
  };
}
