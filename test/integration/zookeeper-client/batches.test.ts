import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  connect,
  creatorAllAcl,
  type ZooKeeperClient,
  ZooKeeperError,
} from '../../../main/protocols/zookeeper/index.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';

describe.each(['3.5', '3.6', '3.9'] as const)('batches on ZooKeeper %s', (version) => {
  let server: ZooKeeperServer;
  let zk: ZooKeeperClient;
  const paths = Array.from({ length: 700 }, (_, i) => `/batch/node-${i}`);

  beforeAll(async () => {
    server = await startZooKeeper({ version });
    zk = await connect({ connectString: server.connectString });
    await zk.create('/batch', null);
    await zk.multi(
      paths.map((path, i) => ({
        op: 'create',
        path,
        data: i % 3 === 0 ? null : Buffer.alloc(i % 50, i),
        ...(i % 2 === 0 && { acl: [{ perms: 31, scheme: 'ip', id: `127.0.0.1/${i % 32}` }] }),
      })),
    );
    const owner = await connect({
      connectString: server.connectString,
      auth: [{ scheme: 'digest', auth: 'o:p' }],
    });
    await owner.create('/private', Buffer.from('p'), { acl: creatorAllAcl });
    await owner.close();
  });

  afterAll(async () => {
    await zk.close();
    await server[Symbol.asyncDispose]();
  });

  it('read the same as one request per node and kind', async () => {
    const nodes = await zk.readNodes(paths);
    const [data, acls, stats] = await Promise.all([
      zk.readData(paths),
      zk.readAcls(paths),
      zk.readStats(paths),
    ]);
    for (const [i, path] of paths.entries()) {
      const [one, acl] = await Promise.all([zk.getData(path), zk.getAcl(path)]);
      expect(nodes[i]).toEqual({ ...one, acl: acl.acl });
      expect(data[i]).toEqual(one);
      expect(acls[i]).toEqual(acl);
      expect(stats[i]).toEqual(one.stat);
    }
  });

  it('give null for a missing node and an error for a refused one, each at its place', async () => {
    const asked = ['/batch', '/missing', '/private', '/batch/node-1'];
    for (const items of [await zk.readNodes(asked), await zk.readData(asked), await zk.readChildren(asked)]) {
      expect(items[0]).not.toBeInstanceOf(Error);
      expect(items[1]).toBeNull();
      expect(items[2]).toBeInstanceOf(ZooKeeperError);
      expect(items[2]).toMatchObject({ code: 'NoAuth', path: '/private' });
      expect(items[3]).not.toBeNull();
    }
    expect((await zk.readStats(asked)).map((stat) => stat === null)).toEqual([false, true, false, false]);
  });

  it('list children of many nodes', async () => {
    const [all, none, missing] = await zk.readChildren(['/batch', '/batch/node-1', '/missing']);
    expect(all).toHaveLength(paths.length);
    expect(none).toEqual([]);
    expect(missing).toBeNull();
  });

  it('may be empty, and refuse what is no path', async () => {
    expect(await zk.readNodes([])).toEqual([]);
    await expect(zk.readNodes(['/batch', 'relative'])).rejects.toMatchObject({
      code: 'BadArguments',
      path: 'relative',
    });
    expect(await zk.exists('/batch')).not.toBeNull();
  });

  it('of any size are cut into frames that the server takes', async () => {
    const long = Array.from({ length: 12_000 }, (_, i) => `/batch/${'x'.repeat(180)}-${i}`);
    const mixed = long.flatMap((path, i) => (i % 100 === 0 ? [path, '/batch/node-1'] : [path]));
    const items = await zk.readData(mixed);
    expect(items.filter((item) => item !== null)).toHaveLength(120);
    expect(items.map((item) => item === null)).toEqual(mixed.map((path) => path !== '/batch/node-1'));
  });

  it('never join the data of one incarnation of a node with the ACL of the next', async () => {
    const writer = await connect({ connectString: server.connectString });
    const path = '/torn';
    const versions = [
      { data: Buffer.from('a'), acl: [{ perms: 31, scheme: 'ip', id: '127.0.0.1' }] },
      { data: Buffer.from('b'), acl: [{ perms: 31, scheme: 'world', id: 'anyone' }] },
    ];
    let stop = false;
    const writing = (async () => {
      for (let i = 0; !stop; i++) {
        const version = versions[i % 2];
        if (version === undefined) break;
        await writer.multi([
          ...(i > 0 ? [{ op: 'delete' as const, path }] : []),
          { op: 'create' as const, path, ...version },
        ]);
      }
    })();
    for (let round = 0; round < 200; round++) {
      const items = await zk.readNodes([path, '/batch', path]);
      for (const item of items) {
        if (item === null || item instanceof Error || item.data?.length !== 1) continue;
        expect(versions).toContainEqual({ data: Buffer.from(item.data), acl: item.acl });
      }
    }
    stop = true;
    await writing;
    await writer.close();
  });
});
