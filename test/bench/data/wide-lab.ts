import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type HostProcess, startHost } from '../../e2e/support/host-process.ts';
import { restoreWithNodeZookeeperClient } from '../../foreign/node-zookeeper-client.ts';
import { startZooKeeper } from '../../servers/zookeeper.ts';

export const WIDE = 'wide';
/** Backs up everything but the wide node: a moment's work. */
export const REST_TASK = 'rest';

const pointIds = z.array(z.object({ id: z.string() }));

/** A host that protects a ZooKeeper with one very wide node. */
export interface WideLab extends AsyncDisposable {
  readonly host: HostProcess;
  /** A point of everything, and one in which nothing of the wide node is. */
  readonly points: { readonly whole: string; readonly rest: string };
}

/** Starts both, with that many children below one znode. */
export async function startWideLab(children: number): Promise<WideLab> {
  const [host, zookeeper] = await Promise.all([startHost(), startZooKeeper({ heapMb: 1024 })]);
  const acl = [{ perms: 31, scheme: 'world', id: 'anyone' }];
  const node = (path: string, data: Buffer | null = null) => ({ path, data, acl });
  const names = Array.from({ length: children }, (_, i) => String(i).padStart(8, '0'));
  await restoreWithNodeZookeeperClient(zookeeper, [
    node('/rest'),
    node(`/${WIDE}`),
    ...names.map((name) => node(`/${WIDE}/child-${name}`, Buffer.from(`{"child":"${name}"}`))),
  ]);
  const directory = join(host.directory, 'archives');
  await mkdir(directory);
  const connect = ['--connect-string', zookeeper.connectString];
  await host.cli('cluster', 'add', 'lab', '--environment', 'test', '--source', 'zookeeper', ...connect);
  await host.cli('storage', 'add', 'disk', '--driver', 'local', '--directory', directory);
  return {
    host,
    points: { rest: await backUp(host, REST_TASK, '/rest'), whole: await backUp(host, 'whole', '/') },
    [Symbol.asyncDispose]: async () => {
      await host[Symbol.asyncDispose]();
      await zookeeper[Symbol.asyncDispose]();
    },
  };
}

async function backUp(host: HostProcess, task: string, root: string): Promise<string> {
  const where = ['--cluster', 'lab', '--storage', 'disk', '--consent-sensitive', '--roots', root];
  await host.cli('task', 'create', task, ...where);
  await host.lines('task', 'run', task);
  const [newest] = pointIds.parse(await host.cli('point', 'list'));
  if (newest === undefined) throw new Error('the backup left no recovery point');
  return newest.id;
}
