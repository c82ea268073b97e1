import type { SourceConnection } from '../../../main/sources/contract.ts';
import { benchReadWithJava } from '../../foreign/zookeeper.ts';
import type { ZooKeeperServer } from '../../servers/zookeeper.ts';
import { captureTree } from '../data/captured-tree.ts';
import { type LocalFolder, openLocalFolder } from '../data/local-folder.ts';
import { connectSource, ROOT, startFilledServer, superUser } from '../data/zookeeper-tree.ts';
import type { Bench } from '../frame/bench.ts';
import { interleave, timed } from '../frame/interleave.ts';
import { speedRow } from '../frame/row.ts';

const HEAP_MB = 1024;

/** A capture into an archive on disk, against the Java client only reading the same nodes. */
export const capture: Bench = {
  name: 'capture',
  about: 'znodes (data, ACL, stat) into an archive on disk, against the Java client reading them',
  async run(scale, say) {
    await using server = await startFilledServer(scale.znodes, HEAP_MB);
    await using folder = await openLocalFolder();
    const connection = await connectSource(server);
    const ours = (): Promise<number> => captureOnce(connection, folder, scale.znodes);
    const reference = (): Promise<number> => readOnce(server, scale.znodes);
    await ours();
    const seconds = await interleave(scale.rounds, { ours, reference }, say);
    await connection.close();
    return [
      speedRow({
        name: `capture: ${scale.znodes} znodes`,
        unit: 's',
        goal: 4,
        note: 'ZooKeeper 3.9. Ours: walk, consistency check, archive at the default level, file flushed to the disk. The reference: the asynchronous Java client in a warm JVM, 512 nodes in flight, keeping nothing.',
        ...seconds,
      }),
    ];
  },
};

async function captureOnce(
  connection: SourceConnection,
  { storage }: LocalFolder,
  znodes: number,
): Promise<number> {
  const path = 'tree.tar.gz';
  const seconds = await timed(async () => {
    const { counts } = await captureTree(connection, storage, path);
    // The root of all comes with the tree's own nodes.
    expectCount(counts.znode?.entries, znodes + 1);
  });
  await storage.remove(path);
  return seconds;
}

/** The second round of a JVM of its own: the first one is cold. */
async function readOnce(server: ZooKeeperServer, znodes: number): Promise<number> {
  const rounds = await benchReadWithJava(server, ROOT, { rounds: 2, digest: superUser });
  const warm = rounds.at(-1);
  expectCount(warm?.znodes, znodes);
  return warm?.seconds ?? Number.NaN;
}

function expectCount(found: number | undefined, expected: number): void {
  if (found !== expected) throw new Error(`${found} znodes were read where there are ${expected}`);
}
