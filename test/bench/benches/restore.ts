import { openArchive } from '../../../main/archive/index.ts';
import { byteSourceOf } from '../../../main/engine/points/byte-source.ts';
import { pointView } from '../../../main/engine/points/point-view.ts';
import type { PointView } from '../../../main/sources/contract.ts';
import { type NewZnode, restoreWithNodeZookeeperClient } from '../../foreign/node-zookeeper-client.ts';
import { dumpWithJava } from '../../foreign/zookeeper.ts';
import { captureTree } from '../data/captured-tree.ts';
import { type LocalFolder, openLocalFolder } from '../data/local-folder.ts';
import { type Restored, restoreTree } from '../data/restored-tree.ts';
import {
  connectSource,
  ROOT,
  startFilledServer,
  startServer,
  superUser,
  wipeTree,
} from '../data/zookeeper-tree.ts';
import type { Bench } from '../frame/bench.ts';
import { interleave } from '../frame/interleave.ts';
import { median, type Row, speedRow } from '../frame/row.ts';

const HEAP_MB = 1024;
const ARCHIVE = 'tree.tar.gz';

/** How the reference sends its transactions of 100 creations: one after the other, or 16 at a time. */
const references = [
  { name: 'awaited', window: 1, how: 'each transaction awaited before the next, as programs are written' },
  { name: 'pipelined', window: 16, how: '16 transactions under way at a time, the most that it gains from' },
] as const;

/**
 * Rounds of both sides before any is counted. A server that has just started compiles its code meanwhile, which costs it
 * more than the creations do; the servers of real clusters have been running for long.
 */
const WARM_ROUNDS = 2;

/** A restore into an empty tree, against node-zookeeper-client creating the same nodes. */
export const restore: Bench = {
  name: 'restore',
  about: 'the same znodes into an empty tree, against node-zookeeper-client by multi',
  async run(scale, say) {
    await using folder = await openLocalFolder();
    const { view, znodes } = await prepare(scale.znodes, folder);
    const paths = znodes.map(({ path }) => path);
    await using server = await startServer(HEAP_MB);
    const thenWiped = async <T>(work: () => Promise<T>): Promise<T> => {
      const result = await work();
      await wipeTree(server, paths);
      return result;
    };
    const restoreOnce = () =>
      thenWiped(async () => {
        const done = await restoreTree(view, server, folder.path);
        if (done.applied !== znodes.length) throw new Error(`only ${done.applied} znodes were created`);
        return done;
      });
    const createOnce = (window: number) =>
      thenWiped(() =>
        restoreWithNodeZookeeperClient(server, znodes, { batch: 100, window, digest: superUser }),
      );
    for (let round = 0; round < WARM_ROUNDS; round++) {
      await restoreOnce();
      for (const { window } of references) await createOnce(window);
    }
    const rows: Row[] = [];
    for (const { name, window, how } of references) {
      say(`reference ${name}: ${how}`);
      const restored: Restored[] = [];
      const ours = async () => {
        const done = await restoreOnce();
        restored.push(done);
        return done.apply;
      };
      const sides = { ours, reference: () => createOnce(window) };
      const seconds = await interleave(scale.rounds, sides, say);
      const plan = median(restored.map((each) => each.plan)).toFixed(2);
      rows.push(
        speedRow({
          name: `restore: ${scale.znodes} znodes, reference ${name}`,
          unit: 's',
          goal: 3,
          note: `ZooKeeper 3.9 that syncs its log, one server for both sides, warm from ${WARM_ROUNDS} rounds of each. Ours: an all-create plan applied: steps read, archive read, journal written; making the plan before took ${plan} s more. The reference: nodes in memory, 100 creations a transaction, ${how}.`,
          ...seconds,
        }),
      );
    }
    return rows;
  },
};

/** Captures a tree, and dumps it for the reference in an order in which it can be created. */
async function prepare(
  count: number,
  { storage }: LocalFolder,
): Promise<{ view: PointView; znodes: readonly NewZnode[] }> {
  await using server = await startFilledServer(count, HEAP_MB);
  const connection = await connectSource(server);
  await captureTree(connection, storage, ARCHIVE);
  await connection.close();
  const dumped = await dumpWithJava(server, ROOT, { digest: superUser, heapMb: 2048 });
  const znodes = dumped.map(({ path, data, acl }) => ({
    path,
    data: data === null ? null : Buffer.from(data, 'base64'),
    acl,
  }));
  const reader = await openArchive(await byteSourceOf(storage, ARCHIVE));
  return { view: pointView(reader, reader.manifest), znodes };
}
