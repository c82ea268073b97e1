import type { Key } from '../../../shared/order/key.ts';
import { type Tick, tickOf } from './selection.ts';
import type { Branch } from './use-branches.ts';

/** A row of the tree with tick boxes. */
export type TickRow =
  | {
      readonly row: 'place';
      readonly key: Key;
      readonly depth: number;
      readonly expanded: boolean;
      readonly expandable: boolean;
      readonly tick: Tick;
    }
  /** `more`: stands for children of `key` that were not asked for yet; `loading`: they are on their way. */
  | { readonly row: 'more' | 'loading'; readonly key: Key; readonly depth: number };

export interface TickTree {
  readonly branches: ReadonlyMap<string, Branch>;
  readonly open: ReadonlySet<string>;
  readonly ticked: readonly Key[];
}

/** The tree below its root, which itself is "everything", as rows. */
export function tickRows(tree: TickTree): TickRow[] {
  const rows: TickRow[] = [];
  addChildren(tree, rows, []);
  return rows;
}

function addChildren(tree: TickTree, rows: TickRow[], parent: Key): void {
  const branch = tree.branches.get(JSON.stringify(parent));
  const depth = parent.length;
  if (branch === undefined) {
    rows.push({ row: 'loading', key: parent, depth });
    return;
  }
  for (const { name, hasChildren } of branch.children) {
    const key = [...parent, name];
    const expandable = hasChildren !== false;
    const expanded = expandable && tree.open.has(JSON.stringify(key));
    rows.push({ row: 'place', key, depth, expanded, expandable, tick: tickOf(key, tree.ticked) });
    if (expanded) addChildren(tree, rows, key);
  }
  if (branch.more !== false) {
    rows.push({ row: branch.more === 'loading' ? 'loading' : 'more', key: parent, depth });
  }
}
