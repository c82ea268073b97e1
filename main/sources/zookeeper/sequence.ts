import type { Stat } from '../../protocols/zookeeper/index.ts';

/**
 * The number that the next sequential child would get: how many children were ever created here.
 *
 * A server counts creations alone and numbers sequential children by that count (`PrepRequestProcessor`). What it
 * shows as `cversion` is `2 · creations − children` in 32 bits (`DataNode.copyStat`), a count of changes. Both
 * parts come from one stat and are taken under the node's lock, so the sum gives the creations back exactly, whatever
 * was deleted since, by whom, and in or outside transactions. The root and `/zookeeper` begin with children that were
 * never counted and a negative `cversion`: the sum is right there too.
 */
export function nextSequence({ cversion, numChildren }: Pick<Stat, 'cversion' | 'numChildren'>): number {
  // An unsigned shift takes the sum modulo 2^32, so it is exact up to the largest number of 31 bits.
  return (cversion + numChildren) >>> 1;
}
