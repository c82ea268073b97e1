import type { ReactNode } from 'react';

/** A column of a table. */
export interface Column<T> {
  readonly id: string;
  readonly header: string;
  /** A grid track: `minmax(10rem, 2fr)`, `8rem`. */
  readonly width: string;
  readonly align?: 'end';
  readonly cell: (row: T) => ReactNode;
  /** Makes the column sortable; only for rows that are all here. */
  readonly sortBy?: (row: T) => string | number | undefined;
}
