import { printable } from '../../../shared/report/printable.ts';

const GAP = '  ';
/** East Asian wide and full-width characters, which take two columns of a terminal. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/gu;

export interface Column<Row> {
  readonly title: string;
  readonly align?: 'right';
  cell(row: Row): string;
}

/** Rows under their titles, each column as wide as its widest cell. Without rows only the titles. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map((column) => column.title),
    ...rows.map((row) => columns.map((column) => printable(column.cell(row)))),
  ];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => displayWidth(line[i] ?? ''))));
  return lines.map((line) => alignLine(line, columns, widths)).join('');
}

/** Names and values under each other, values aligned. */
export function facts(rows: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(0, ...rows.map(([name]) => displayWidth(name)));
  return rows
    .map(([name, value]) => `${`${padded(name, width)}${GAP}${printable(value)}`.trimEnd()}\n`)
    .join('');
}

/** Columns of a terminal that a text takes. */
export function displayWidth(text: string): number {
  return [...text].length + (text.match(WIDE)?.length ?? 0);
}

function alignLine<Row>(
  cells: readonly string[],
  columns: readonly Column<Row>[],
  widths: readonly number[],
): string {
  const aligned = cells.map((cell, i) => {
    const width = widths[i] ?? 0;
    return columns[i]?.align === 'right'
      ? ' '.repeat(width - displayWidth(cell)) + cell
      : padded(cell, width);
  });
  return `${aligned.join(GAP).trimEnd()}\n`;
}

/** A text with blanks behind it, so many columns wide. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}
