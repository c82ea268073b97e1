import { connect, type MultiOp } from '../../../main/protocols/zookeeper/index.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import type { ZooKeeperServer } from '../../servers/zookeeper.ts';
import { peakMemoryOf } from '../data/command-line.ts';
import { startFilledServer, superPassword, superUser } from '../data/zookeeper-tree.ts';
import type { Bench, Scale } from '../frame/bench.ts';
import { ceilingRow, type Row } from '../frame/row.ts';

/** Of the server: it holds the tree as objects. */
const HEAP_MB = 4096;
const CREATIONS_AT_ONCE = 500;
const MEGABYTE = 1024 * 1024;
const GOAL_MB = 256;

/** Peak memory of the whole process of `holdfast backup` on a tree of a million nodes. */
export const memory: Bench = {
  name: 'memory',
  about: 'peak resident memory of `holdfast backup`, the whole process',
  async run(scale, say) {
    await using server = await startFilledServer(scale.manyZnodes, HEAP_MB);
    say(`${scale.manyZnodes} znodes are there`);
    const rows = [await measure(server, scale, `${scale.manyZnodes} znodes`)];
    await makeWideNode(server, scale.wideNode);
    say(`and ${scale.wideNode} children of one node`);
    rows.push(
      await measure(server, scale, `${scale.manyZnodes} znodes and ${scale.wideNode} below one node`),
    );
    return rows;
  },
};

async function measure(server: ZooKeeperServer, scale: Scale, what: string): Promise<Row> {
  const peaks: number[] = [];
  for (let run = 0; run < Math.min(scale.rounds, MOST_RUNS); run++) peaks.push(await backUp(server));
  return ceilingRow({
    name: `memory: ${what}`,
    unit: 'MiB',
    goal: GOAL_MB,
    note: 'VmHWM of the process of `holdfast backup` to a LocalDir: program, engine, catalog, capture and archive. The largest of the runs.',
    ours: peaks.map((bytes) => bytes / MEGABYTE),
  });
}

/** A backup of a million nodes takes its time, and its peak hardly varies. */
const MOST_RUNS = 2;

async function backUp(server: ZooKeeperServer): Promise<number> {
  const folder = workFolder('bench-memory');
  try {
    const source = ['--source', 'zookeeper', '--connect-string', server.connectString];
    const account = ['--auth', 'digest', '--user', 'super'];
    const storage = ['--storage', 'local', '--directory', 'archives', '--consent-sensitive'];
    return await peakMemoryOf(folder, ['backup', ...source, ...account, ...storage], {
      HOLDFAST_ZOOKEEPER_PASSWORD: superPassword,
    });
  } finally {
    removeWorkFolder(folder);
  }
}

/** A queue that nobody took from: one node with many small children. */
async function makeWideNode(server: ZooKeeperServer, children: number): Promise<void> {
  const auth = [{ scheme: 'digest', auth: superUser }];
  await using client = await connect({ connectString: server.connectString, auth });
  await client.create('/queue', null);
  for (let from = 0; from < children; from += CREATIONS_AT_ONCE) {
    const batch = Math.min(CREATIONS_AT_ONCE, children - from);
    await client.multi(Array.from({ length: batch }, (_, i) => creation(from + i)));
  }
}

function creation(number: number): MultiOp {
  const path = `/queue/message-${String(number).padStart(10, '0')}`;
  return { op: 'create', path, data: Buffer.from(`{"message":${number}}`) };
}
