import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAcl, Perms, type ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { Bench } from './bench.ts';
import { breakTree, openSuper, plantTree, type Seen, see, superPassword } from './tree.ts';

const text = (data: string) => Buffer.from(data);

describe('what changes between the plan and the restore', () => {
  let server: ZooKeeperServer;
  let client: ZooKeeperClient;
  let bench: Bench;
  let point: string;
  let before: Seen;

  beforeAll(async () => {
    server = await startZooKeeper({ superPassword });
    bench = await Bench.open('conflict');
    client = await openSuper(server);
    await plantTree(client, 300, 4);
    await client.create('/meant', null);
    for (const name of ['changed', 'recreated', 'gone', 'missing', 'acl']) {
      await client.create(`/meant/${name}`, text('as in the point'));
    }
    await bench.addCluster('zk', server);
    point = await bench.backup('zk');
    before = await see(server);
    await breakTree(client, 5);
    for (const name of ['changed', 'recreated', 'gone'])
      await client.setData(`/meant/${name}`, text('broken'));
    await client.delete('/meant/missing');
    await client.setAcl('/meant/acl', [{ perms: Perms.read, scheme: 'world', id: 'anyone' }]);
    await client.create('/meant/extra', text('to be removed'));
    await client.create('/meant/parent', text('to be removed'));
  });

  afterAll(async () => {
    await client?.close();
    await bench?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  /** What others do meanwhile, each a conflict of its own. */
  async function interfere(): Promise<void> {
    await client.setData('/meant/changed', text('by somebody'));
    await client.delete('/meant/recreated');
    await client.create('/meant/recreated', text('by somebody'));
    await client.delete('/meant/gone');
    await client.create('/meant/missing', text('by somebody'));
    await client.setAcl('/meant/acl', [
      ...openAcl,
      { perms: Perms.read, scheme: 'digest', id: 'x:aGFzaA==' },
    ]);
    await client.setData('/meant/extra', text('by somebody'));
    await client.create('/meant/parent/child', text('by somebody'));
  }

  it('is left alone and told of, everything else is restored, and a new plan restores the rest', async () => {
    const plan = await bench.plan(point);
    await interfere();
    const meant = await see(server, '/meant');
    const run = await bench.ended((await bench.start(plan)).id);

    expect(run).toMatchObject({ state: 'conflict', counts: { conflict: 7, differences: 8 } });
    expect((await see(server, '/meant')).nodes).toEqual(meant.nodes);
    const others = (node: { path: string }) => !node.path.startsWith('/meant');
    expect((await see(server)).nodes.filter(others)).toEqual(before.nodes.filter(others));

    const log = (await bench.client.runs.log({ run: run.id })).map((line) => line.text).join('\n');
    for (const { path } of meant.nodes) {
      if (path !== '/meant' && path !== '/meant/parent/child')
        expect(log).toContain(`${path}: changed since`);
    }
    expect(log).not.toContain('by somebody');
    await expect(bench.resume(run.id)).rejects.toMatchObject({ code: 'engine.not-resumable' });

    expect((await bench.restore(point)).state).toBe('succeeded');
    expect((await see(server)).nodes).toEqual(before.nodes);
  });

  it('is no conflict when somebody did just what was planned', async () => {
    await client.setData('/meant/changed', text('broken'));
    await client.delete('/meant/gone');
    await client.create('/meant/extra', null);
    const plan = await bench.plan(point);
    await client.setData('/meant/changed', text('as in the point'));
    await client.create('/meant/gone', text('as in the point'));
    await client.delete('/meant/extra');
    const run = await bench.ended((await bench.start(plan)).id);
    expect(run).toMatchObject({ state: 'succeeded', counts: { already: 3, differences: 0 } });
    expect((await see(server)).nodes).toEqual(before.nodes);
  });
});
