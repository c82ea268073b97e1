import type { Key } from '../../../shared/order/key.ts';

/** A row of a tree: a place, or what stands for children of `key` that are not shown. */
export interface TreeItem {
  readonly row: string;
  readonly key: Key;
  readonly depth: number;
  /** Of a place only. */
  readonly expanded?: boolean;
  /** False only where it is known. */
  readonly expandable?: boolean;
}

export interface TreeActions<T extends TreeItem> {
  readonly moveTo: (index: number) => void;
  /** Opens or closes a place; the other one of both where it is not said. */
  readonly onToggle: (key: Key, open?: boolean) => void;
  readonly onChoose: (row: T) => void;
}

/** Tells rows from one another while others come and go. */
export function rowId({ row, key }: TreeItem): string {
  return `${row} ${JSON.stringify(key)}`;
}

/**
 * Does what a key means in a tree, as trees are worked with everywhere (WAI-ARIA, tree view); false: nothing.
 * `active` is the place of the row that the keys work on.
 */
export function pressKey<T extends TreeItem>(
  pressed: string,
  rows: readonly T[],
  active: number,
  { moveTo, onToggle, onChoose }: TreeActions<T>,
): boolean {
  const row = rows[active];
  if (row === undefined) return false;
  switch (pressed) {
    case 'ArrowDown':
      moveTo(Math.min(active + 1, rows.length - 1));
      return true;
    case 'ArrowUp':
      moveTo(Math.max(active - 1, 0));
      return true;
    case 'Home':
      moveTo(0);
      return true;
    case 'End':
      moveTo(rows.length - 1);
      return true;
    case 'ArrowRight':
      if (row.expanded === true) moveTo(active + 1);
      else if (row.expandable === true) onToggle(row.key, true);
      return true;
    case 'ArrowLeft':
      if (row.expanded === true) onToggle(row.key, false);
      else moveTo(placeAbove(rows, active));
      return true;
    case ' ':
    case 'Enter':
      onChoose(row);
      return true;
    default:
      return false;
  }
}

/**
 * The row that keys work on once the one at `index` is chosen: itself, or the one above where it stands for more and
 * goes away.
 */
export function activeAfterChoosing<T extends TreeItem>(rows: readonly T[], index: number): T | undefined {
  return rows[index]?.row === 'more' ? rows[index - 1] : rows[index];
}

function placeAbove(rows: readonly TreeItem[], active: number): number {
  const depth = rows[active]?.depth ?? 0;
  for (let above = active - 1; above >= 0; above--) if ((rows[above]?.depth ?? 0) < depth) return above;
  return active;
}
