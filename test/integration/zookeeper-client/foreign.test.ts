import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type BatchItem,
  connect,
  type NodeRead,
  type ZooKeeperClient,
} from '../../../main/protocols/zookeeper/index.ts';
import {
  dumpWithNodeZookeeperClient,
  type NewZnode,
  restoreWithNodeZookeeperClient,
} from '../../foreign/node-zookeeper-client.ts';
import { dumpWithJava } from '../../foreign/zookeeper.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';

const digest = { scheme: 'digest', auth: 'someone:secret' };

const znodes: readonly NewZnode[] = [
  { path: '/tree', data: null, acl: [{ perms: 31, scheme: 'world', id: 'anyone' }] },
  { path: '/tree/empty', data: Buffer.alloc(0), acl: [{ perms: 31, scheme: 'world', id: 'anyone' }] },
  {
    path: '/tree/größe 雪',
    data: Buffer.from([0, 255, 128, 10]),
    acl: [{ perms: 1, scheme: 'world', id: 'anyone' }],
  },
  {
    path: '/tree/mixed',
    data: Buffer.alloc(70_000, 'm'),
    acl: [
      { perms: 31, scheme: 'ip', id: '127.0.0.1' },
      { perms: 5, scheme: 'digest', id: 'other:aGFzaA==' },
    ],
  },
  {
    path: '/tree/mixed/below',
    data: Buffer.from('deep'),
    acl: [{ perms: 31, scheme: 'world', id: 'anyone' }],
  },
];

describe.each(['3.5', '3.6', '3.9'] as const)('beside other clients of ZooKeeper %s', (version) => {
  let server: ZooKeeperServer;
  let zk: ZooKeeperClient;

  beforeAll(async () => {
    server = await startZooKeeper({ version });
    zk = await connect({ connectString: server.connectString, auth: [digest] });
  });

  afterAll(async () => {
    await zk.close();
    await server[Symbol.asyncDispose]();
  });

  it('what we write is read by them as we meant it', async () => {
    await zk.multi(znodes.map((znode) => ({ op: 'create', ...znode })));
    const expected = znodes.map(({ path, data, acl }) => ({
      path,
      data: data?.toString('base64') ?? null,
      acl,
    }));
    const java = await dumpWithJava(server, '/tree', { digest: digest.auth });
    expect(byPath(java)).toEqual(byPath(expected));
    const seen = await dumpWithNodeZookeeperClient(server, '/tree', digest.auth);
    expect(byPath(seen)).toEqual(byPath(expected));
  });

  it('what node-zookeeper-client writes is read by us', async () => {
    const moved = znodes.map((znode) => ({ ...znode, path: znode.path.replace('/tree', '/theirs') }));
    await restoreWithNodeZookeeperClient(server, moved, { window: 1 });
    const items = await zk.readNodes(moved.map(({ path }) => path));
    expect(items.map(plain)).toEqual(moved.map(({ data, acl }) => ({ data, acl })));
  });
});

function plain(item: BatchItem<NodeRead> | undefined) {
  if (item === null || item === undefined || item instanceof Error) return item;
  return { data: item.data && Buffer.from(item.data), acl: item.acl };
}

function byPath(nodes: readonly { path: string; data: string | null; acl: unknown }[]) {
  return Object.fromEntries(nodes.map(({ path, data, acl }) => [path, { data, acl }]));
}
