import type { Line } from '../../../shared/model/entry.ts';
import { isWithin, type Key } from '../../../shared/order/key.ts';
import type { MergedCursor } from './merged-cursor.ts';

/** One direct child of a key. */
export interface Child {
  /** Its last component. */
  readonly name: string;
  readonly key: Key;
  /** Absent when only descendants of it are there. */
  readonly entry?: Line;
  readonly hasChildren: boolean;
}

export interface ChildrenPage {
  readonly children: readonly Child[];
  /** Give it as `after` to go on; absent on the last page. */
  readonly next?: string;
}

/** Lists direct children, jumping over each child's descendants by way of the index. */
export async function listChildren(
  cursor: MergedCursor,
  parent: Key,
  after: string | undefined,
  limit: number,
): Promise<ChildrenPage> {
  await cursor.seek([...parent, after === undefined ? '' : beyond(after)]);
  const children: Child[] = [];
  while (cursor.current !== undefined && isWithin(cursor.current.key, parent)) {
    const last = children.at(-1);
    if (children.length === limit && last !== undefined) return { children, next: last.name };
    const name = cursor.current.key[parent.length] ?? '';
    children.push(await takeChild(cursor, [...parent, name], name));
  }
  return { children };
}

async function takeChild(cursor: MergedCursor, key: Key, name: string): Promise<Child> {
  let entry: Line | undefined;
  if (cursor.current?.key.length === key.length) {
    entry = cursor.current;
    await cursor.step();
  }
  const hasChildren = cursor.current !== undefined && isWithin(cursor.current.key, key);
  if (hasChildren) await cursor.seek([...key.slice(0, -1), beyond(name)]);
  return entry === undefined ? { name, key, hasChildren } : { name, key, entry, hasChildren };
}

/** The least string above this one; keys with it come after everything below this one. */
function beyond(name: string): string {
  return `${name}\0`;
}
