import { compareKeys, type Key } from '../../../shared/order/key.ts';

/** Place of the first of sorted keys that is not below `key`; `count` when there is none. */
export function firstNotBelow(count: number, keyAt: (place: number) => Key, key: Key): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareKeys(keyAt(middle), key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
