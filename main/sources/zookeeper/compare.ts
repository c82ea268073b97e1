import { ZooKeeperError } from '../../protocols/zookeeper/index.ts';
import type { Difference } from '../contract.ts';
import { contentDifference, EPHEMERAL, liveEntry, recordedSequence, ZNODE, znodeContent } from './content.ts';
import { type LivePair, livePairs, type PairOptions } from './pairs.ts';
import { isFixture } from './paths.ts';
import { lookBack, type Unseen } from './unseen.ts';

const ALL_MEMBERS = ['data', 'acl'];

export interface CompareOptions extends PairOptions {
  readonly mode: 'equal' | 'merge';
}

/**
 * What differs between the point and the live tree, as far as a restore would care: ephemeral nodes count on neither
 * side, sequence counters may be ahead of the point, and `merge` has nothing to say of what only the live tree has,
 * nor has `equal` where the capture could not look.
 * A live node that may not be read differs, also one on the way below which there may be more to compare.
 */
export async function* compare(options: CompareOptions): AsyncGenerator<readonly Difference[]> {
  const unseen = await lookBack(options);
  for await (const pairs of livePairs(options)) {
    const differences = pairs
      .map((pair) => difference(pair, options.mode, unseen))
      .filter((each) => each !== undefined);
    if (differences.length > 0) yield differences;
  }
}

function difference(
  { left: wanted, right: visited }: LivePair,
  mode: 'equal' | 'merge',
  unseen: Unseen,
): Difference | undefined {
  const place = wanted ?? visited;
  if (place === undefined) return undefined;
  const { key, scope } = place;
  const left = wanted?.entry.kind === EPHEMERAL ? undefined : wanted?.entry;
  if (visited?.node instanceof ZooKeeperError) {
    if (left === undefined || !(scope.selected || scope.names === undefined)) return undefined;
    return { change: 'changed', key, kind: ZNODE, members: ALL_MEMBERS, left };
  }
  const hidden = wanted === undefined && visited !== undefined && unseen.placeOf(key, visited.node.stat);
  if (!scope.selected) return undefined;
  const entry = visited === undefined ? undefined : liveEntry(key, visited.node);
  const right = entry?.kind === EPHEMERAL ? undefined : entry;
  if (left === undefined) {
    if (right === undefined || mode === 'merge' || isFixture(key) || hidden) return undefined;
    return { change: 'added', key, kind: ZNODE, members: [], right };
  }
  if (right === undefined) return { change: 'removed', key, kind: ZNODE, members: [], left };
  const members: string[] = contentDifference(key, znodeContent(left), znodeContent(right));
  if (recordedSequence(right) < recordedSequence(left)) members.push('nextSequence');
  return members.length === 0 ? undefined : { change: 'changed', key, kind: ZNODE, members, left, right };
}
