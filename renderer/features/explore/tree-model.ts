import type { ShownChild } from '../../../shared/model/listing.ts';
import { isWithin, type Key } from '../../../shared/order/key.ts';

/** Children of a place as far as the tree shows them. */
export interface Branch {
  readonly children: readonly ShownChild[];
  /** There are more than these; the table has them all. */
  readonly more: boolean;
}

/** A row of the tree. */
export type TreeRow =
  | {
      readonly row: 'node';
      readonly key: Key;
      readonly depth: number;
      readonly expanded: boolean;
      /** False only where it is known. */
      readonly expandable: boolean;
      readonly loading: boolean;
    }
  /** Stands for the children of `key` that the tree does not show. */
  | { readonly row: 'more'; readonly key: Key; readonly depth: number };

export interface TreeState {
  /** Keys of open places, as JSON. */
  readonly expanded: ReadonlySet<string>;
  /** By key as JSON. */
  readonly branches: ReadonlyMap<string, Branch>;
  /** What the screen shows: always in the tree, however many come before it. */
  readonly current: Key;
}

export function treeId(key: Key): string {
  return JSON.stringify(key);
}

/** The tree from its root down, as rows. */
export function treeRows(state: TreeState): TreeRow[] {
  const rows: TreeRow[] = [];
  addNode(state, rows, [], true);
  return rows;
}

function addNode(state: TreeState, rows: TreeRow[], key: Key, expandable: boolean): void {
  const id = treeId(key);
  const expanded = expandable && state.expanded.has(id);
  const branch = state.branches.get(id);
  rows.push({
    row: 'node',
    key,
    depth: key.length,
    expanded,
    expandable,
    loading: expanded && branch === undefined,
  });
  if (!expanded || branch === undefined) return;
  for (const { name, hasChildren } of branch.children) {
    addNode(state, rows, [...key, name], hasChildren !== false);
  }
  const way = nextOnWay(state.current, key);
  const isListed = branch.children.some(({ name }) => name === way);
  if (way !== undefined && !isListed) addNode(state, rows, [...key, way], true);
  if (branch.more) rows.push({ row: 'more', key, depth: key.length + 1 });
}

/** The child of `key` through which the way to `current` goes. */
function nextOnWay(current: Key, key: Key): string | undefined {
  return isWithin(current, key) ? current[key.length] : undefined;
}

/** The places that have to be open for a key to be seen: all above it. */
export function placesAbove(key: Key): Key[] {
  return Array.from(key, (_, length) => key.slice(0, length));
}
