import type { Key } from '../../../shared/order/key.ts';
import { printable } from '../../../shared/report/printable.ts';

/** The last component of a key as text that cannot turn or break the line; `/` for the root. */
export function nameOf(key: Key): string {
  const last = key.at(-1);
  return last === undefined ? '/' : printable(last);
}
