import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { Column } from './column.ts';
import classes from './table.module.css';
import type { Sorting } from './table-rows.ts';

/** The head of a table; a sortable column's head is a button. */
export function TableHead<T>({
  columns,
  sorting,
  onSorting,
}: {
  readonly columns: readonly Column<T>[];
  readonly sorting: Sorting | undefined;
  readonly onSorting: ((sorting: Sorting) => void) | undefined;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtualised grid cannot be a table element.
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus.
    <div role="row" aria-rowindex={1} className={classes.head}>
      {columns.map((column) => {
        const sorted = sorting?.column === column.id ? sorting : undefined;
        const direction = sorted?.descending ? 'descending' : 'ascending';
        const sortable = column.sortBy !== undefined && onSorting !== undefined;
        const Arrow = sorted?.descending ? IconArrowDown : IconArrowUp;
        return (
          // biome-ignore lint/a11y/useSemanticElements: as above.
          // biome-ignore lint/a11y/useFocusableInteractive: as above.
          <div
            key={column.id}
            role="columnheader"
            aria-sort={sorted === undefined ? undefined : direction}
            className={classes.cell}
            data-align={column.align}
          >
            {sortable ? (
              <button
                type="button"
                onClick={() => onSorting({ column: column.id, descending: sorted?.descending === false })}
              >
                {column.header}
                {sorted !== undefined && <Arrow size={13} aria-hidden />}
              </button>
            ) : (
              column.header
            )}
          </div>
        );
      })}
    </div>
  );
}
