import { isZooKeeperError } from '../../protocols/zookeeper/index.ts';
import type { InventoryLine } from '../contract.ts';
import type { LoadGate } from '../load.ts';
import { EPHEMERAL, kindOf, ZNODE } from './content.ts';
import type { Link } from './link.ts';
import { pathOf } from './paths.ts';
import { outermostRoots, selectionScope, type ZooKeeperSelection } from './selection.ts';
import { walk } from './walk.ts';

/**
 * How many nodes a selection has. Where it is whole subtrees and the servers can count (3.6 and later), they do, the
 * ephemeral ones among the rest. Otherwise the tree is walked.
 */
export async function inventory(
  link: Link,
  gate: LoadGate,
  selection: ZooKeeperSelection,
  signal?: AbortSignal,
): Promise<readonly InventoryLine[]> {
  const whole = selection.include.length === 0 && selection.exclude.length === 0;
  const counted = whole ? await countByServer(link, gate, selection, signal) : undefined;
  return counted === undefined
    ? countByWalk(link, gate, selection, signal)
    : [{ kind: ZNODE, entries: counted }];
}

async function countByServer(
  link: Link,
  gate: LoadGate,
  selection: ZooKeeperSelection,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const known = await link.read((client) => client.capabilities(signal && { signal }), signal);
  if (!known.getAllChildrenNumber) return undefined;
  let total = 0;
  for (const root of outermostRoots(selection)) {
    try {
      const below = await gate.run(1, signal, () =>
        link.read((client) => client.getAllChildrenNumber(pathOf(root), signal && { signal }), signal),
      );
      total += below + 1;
    } catch (error) {
      if (!isZooKeeperError(error, 'NoNode')) throw error;
    }
  }
  return total;
}

async function countByWalk(
  link: Link,
  gate: LoadGate,
  selection: ZooKeeperSelection,
  signal: AbortSignal | undefined,
): Promise<readonly InventoryLine[]> {
  const lines = new Map([
    [ZNODE, { kind: ZNODE, entries: 0, bytes: 0 }],
    [EPHEMERAL, { kind: EPHEMERAL, entries: 0, bytes: 0 }],
  ]);
  const scope = selectionScope(selection, link.chroot);
  for await (const batch of walk({ link, gate, scope, signal })) {
    for (const visited of batch) {
      if (!visited.scope.selected || isZooKeeperError(visited.node)) continue;
      const line = lines.get(kindOf(visited.node.stat));
      if (line === undefined) continue;
      line.entries++;
      line.bytes += visited.node.stat.dataLength;
    }
  }
  return [...lines.values()].filter((line) => line.entries > 0);
}
