import { memo, type ReactElement } from 'react';
import { useText } from '../i18n/use-text.ts';
import type { Column } from './column.ts';
import classes from './table.module.css';

interface TableRowProps<T> {
  readonly id: string;
  readonly index: number;
  /** Pixels from the top of the table. */
  readonly start: number;
  /** Undefined: it has not come yet. */
  readonly row: T | undefined;
  readonly columns: readonly Column<T>[];
  readonly selected: boolean;
  readonly active: boolean;
  readonly opens: boolean;
  readonly onClick: (index: number) => void;
  readonly onDoubleClick: (index: number) => void;
}

/** A row of a virtualised table; drawn again only when something of it changes, not with every step of scrolling. */
export const TableRow = memo(function TableRow<T>(props: TableRowProps<T>) {
  const { row, columns, index } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtualised grid cannot be a table element.
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys.
    <div
      id={props.id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.selected}
      data-active={props.active || undefined}
      data-opens={props.opens || undefined}
      className={classes.row}
      style={{ transform: `translateY(${props.start}px)` }}
      onClick={() => props.onClick(index)}
      onDoubleClick={() => props.onDoubleClick(index)}
    >
      <Cells row={row} columns={columns} />
    </div>
  );
}) as <T>(props: TableRowProps<T>) => ReactElement;

/** Not drawn again when a row above it comes or goes, which moves the row. */
const Cells = memo(function Cells<T>({ row, columns }: Pick<TableRowProps<T>, 'row' | 'columns'>) {
  const { t } = useText();
  return columns.map((column) => (
    // biome-ignore lint/a11y/useSemanticElements: as above.
    // biome-ignore lint/a11y/useFocusableInteractive: as above.
    <div key={column.id} role="gridcell" className={classes.cell} data-align={column.align}>
      {row === undefined ? (
        <span className={classes.pending} role="img" aria-label={t('common:loading')} />
      ) : (
        column.cell(row)
      )}
    </div>
  ));
}) as <T>(props: Pick<TableRowProps<T>, 'row' | 'columns'>) => ReactElement;
