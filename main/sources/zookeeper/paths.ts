import type { Key } from '../../../shared/order/key.ts';

/** `[]` → `/`, `['a','b']` → `/a/b`. */
export function pathOf(key: Key): string {
  return key.length === 0 ? '/' : `/${key.join('/')}`;
}

/** `/a/b` → `['a','b']`. */
export function keyOf(path: string): Key {
  return path === '/' ? [] : path.slice(1).split('/');
}

/** Path of a child. */
export function childPath(parent: string, name: string): string {
  return parent === '/' ? `/${name}` : `${parent}/${name}`;
}

/** Path of the parent; undefined for the root. */
export function parentPath(path: string): string | undefined {
  if (path === '/') return undefined;
  const slash = path.lastIndexOf('/');
  return slash === 0 ? '/' : path.slice(0, slash);
}

/** Longest key that all the given ones begin with; `[]` for none. */
export function commonPrefix(keys: readonly Key[]): Key {
  const [first, ...others] = keys;
  if (first === undefined) return [];
  let length = first.length;
  for (const key of others) {
    let shared = 0;
    while (shared < length && shared < key.length && key[shared] === first[shared]) shared++;
    length = shared;
  }
  return first.slice(0, length);
}

/** True for what the servers themselves always have: never created, never removed. */
export function isFixture(key: Key): boolean {
  return key.length === 0 || (key[0] === 'zookeeper' && (key.length === 1 || key.length === 2));
}

/** True for a node whose data the servers compute themselves: the usage beside a quota. */
export function isComputed(key: Key): boolean {
  return key.length > 2 && key[0] === 'zookeeper' && key.at(-1) === 'zookeeper_stats';
}
