import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import type { Column } from './column.ts';
import { TableHead } from './TableHead.tsx';
import { TableRow } from './TableRow.tsx';
import classes from './table.module.css';
import { listOf, movedIndex, type RowSource, type Sorting, sortRows } from './table-rows.ts';

export interface DataTableProps<T> {
  /** What the table shows, for screen readers. */
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[] | RowSource<T>;
  readonly rowKey: (row: T) => string;
  readonly sorting?: Sorting;
  readonly onSorting?: (sorting: Sorting) => void;
  /** A click, or Enter on the row. */
  readonly onOpen?: (row: T) => void;
  /** A double click, or the right arrow key: to what is below the row. The left arrow key goes back out. */
  readonly onGoIn?: (row: T) => void;
  readonly onGoOut?: () => void;
  /** The row that the screen shows beside the table, by its key. */
  readonly selected?: string | undefined;
  /**
   * Beyond it the table scrolls: pixels, what the window leaves, or what its parent has. Needed for many rows. Absent:
   * as high as its rows.
   */
  readonly height?: number | 'fill' | 'parent';
  /** Pixels of each row; default 40. */
  readonly rowHeight?: number;
}

const ROW_PIXELS = 40;
const OVERSCAN = 12;
const PAGE_ROWS = 10;
/** Drawn before the place for them has been measured. */
const MOST_AT_FIRST = 25;

/**
 * A table for any number of rows: only those in sight are in the page, all of one height. Arrow keys, Page Up and
 * Down, Home and End move, Enter opens. Sorting is the screen's to keep, in its address.
 */
export function DataTable<T>(props: DataTableProps<T>) {
  const { label, columns, rowKey, onOpen, onGoIn, onGoOut, selected, height, rowHeight = ROW_PIXELS } = props;
  const source = useSorted(props);
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [focused, setFocused] = useState(false);
  const virtualizer = useVirtualizer({
    count: source.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    useFlushSync: false,
    initialRect: {
      width: 0,
      height: typeof height === 'number' ? height : Math.min(source.count, MOST_AT_FIRST) * rowHeight,
    },
  });
  const visible = virtualizer.getVirtualItems();
  const first = visible[0]?.index ?? 0;
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => source.need?.(first, last), [source, first, last]);

  const latest = useRef({ source, onOpen, onGoIn });
  latest.current = { source, onOpen, onGoIn };
  const onRowClick = useCallback((index: number) => {
    setActive(index);
    const row = latest.current.source.at(index);
    if (row !== undefined) latest.current.onOpen?.(row);
  }, []);
  const onRowDoubleClick = useCallback((index: number) => {
    const row = latest.current.source.at(index);
    if (row !== undefined) latest.current.onGoIn?.(row);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const row = source.at(active);
    if (event.key === 'Enter' && row !== undefined && onOpen !== undefined) return onOpen(row);
    if (event.key === 'ArrowRight' && row !== undefined) return onGoIn?.(row);
    if (event.key === 'ArrowLeft') return onGoOut?.();
    const moved = movedIndex(event.key, active, source.count, PAGE_ROWS);
    if (moved === undefined) return;
    event.preventDefault();
    setActive(moved);
    virtualizer.scrollToIndex(moved);
  };
  const template = columns.map(({ width }) => width).join(' ');
  const bodyHeight = virtualizer.getTotalSize();
  return (
    <div
      className={classes.table}
      data-height={typeof height === 'string' ? height : undefined}
      style={{ '--columns': template, '--row': `${rowHeight}px` } as React.CSSProperties}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a virtualised grid cannot be a table element. */}
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={source.count + 1}
        aria-activedescendant={
          focused && active >= first && active <= last && source.count > 0 ? `${id}-${active}` : undefined
        }
        className={classes.scroller}
        style={typeof height === 'number' ? { maxHeight: height } : undefined}
        data-height={typeof height === 'string' ? height : undefined}
        onKeyDown={onKeyDown}
        onFocus={(event) => setFocused(event.target === event.currentTarget)}
        onBlur={() => setFocused(false)}
      >
        <TableHead columns={columns} sorting={props.sorting} onSorting={props.onSorting} />
        {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
        <div role="rowgroup" className={classes.body} style={{ height: bodyHeight }}>
          {visible.map(({ index, start }) => {
            const row = source.at(index);
            return (
              <TableRow
                key={row === undefined ? index : rowKey(row)}
                id={`${id}-${index}`}
                index={index}
                start={start}
                row={row}
                columns={columns}
                selected={row !== undefined && selected === rowKey(row)}
                active={focused && index === active}
                opens={onOpen !== undefined}
                onClick={onRowClick}
                onDoubleClick={onRowDoubleClick}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function useSorted<T>({ rows, columns, sorting }: DataTableProps<T>): RowSource<T> {
  const { locale } = useText();
  return useMemo(() => {
    if ('at' in rows && 'count' in rows) return rows;
    const list = rows as readonly T[];
    const column = columns.find((each) => each.id === sorting?.column);
    if (column?.sortBy === undefined) return listOf(list);
    return listOf(sortRows(list, column.sortBy, sorting?.descending === true, locale));
  }, [rows, columns, sorting, locale]);
}
