import { describe, expect, it } from 'vitest';
import { startProxy } from '../../servers/proxy.ts';
import { startEnsemble, startZooKeeper } from '../../servers/zookeeper.ts';
import { Bench, isInto } from './bench.ts';
import { breakTree, openSuper, plantTree, see, superPassword } from './tree.ts';

/** Slow enough to be met in the middle of its steps. */
const limits = { requestsInFlight: 2, objectsPerSecond: 1500 };

/** A cluster that differs from its recovery point. */
async function brokenCluster(
  bench: Bench,
  reached: { readonly connectString: string },
  direct: { readonly connectString: string },
  options = {},
) {
  const client = await openSuper(direct);
  await plantTree(client, 1200, 8);
  await bench.addCluster('zk', reached, { limits, options });
  const point = await bench.backup('zk');
  const before = await see(direct);
  await breakTree(client, 9);
  await client.close();
  return { point, before };
}

describe('a restore during which', () => {
  it('the server is killed goes on when it is back in time', async () => {
    await using server = await startZooKeeper({ superPassword });
    await using bench = await Bench.open('outage');
    const { point, before } = await brokenCluster(bench, server, server);
    const { id } = await bench.start(await bench.plan(point));
    await bench.when(id, (_, run) => isInto(run, 'apply'));
    await server.kill();
    await server.restart();
    expect(await bench.ended(id)).toMatchObject({ state: 'succeeded' });
    expect((await see(server)).nodes).toEqual(before.nodes);
  });

  it('the server is away for longer fails, and can go on later', async () => {
    await using server = await startZooKeeper({ superPassword });
    await using bench = await Bench.open('outage');
    const { point, before } = await brokenCluster(bench, server, server, { patience: 1 });
    const { id } = await bench.start(await bench.plan(point));
    await bench.when(id, (_, run) => isInto(run, 'apply'));
    await server.kill();
    expect(await bench.ended(id)).toMatchObject({
      state: 'failed',
      error: { code: 'source.unreachable', category: 'network' },
    });
    await server.restart();
    expect((await see(server)).nodes).not.toEqual(before.nodes);
    expect((await bench.resume(id)).state).toBe('succeeded');
    expect((await see(server)).nodes).toEqual(before.nodes);
  });

  it('the leader of an ensemble is killed goes on', async () => {
    const members = await startEnsemble(3, { superPassword });
    await using bench = await Bench.open('outage');
    const all = { connectString: members.map((member) => member.connectString).join(',') };
    const { point, before } = await brokenCluster(bench, all, all);
    const { id } = await bench.start(await bench.plan(point));
    await bench.when(id, (_, run) => isInto(run, 'apply'));
    for (const member of members) {
      if ((await member.ask('srvr')).includes('Mode: leader')) await member.kill();
    }
    expect(await bench.ended(id)).toMatchObject({ state: 'succeeded' });
    expect((await see(all)).nodes).toEqual(before.nodes);
    await Promise.all(members.map((member) => member[Symbol.asyncDispose]()));
  });

  it('connections are cut again and again goes on', async () => {
    await using server = await startZooKeeper({ superPassword });
    await using proxy = await startProxy({ host: server.host, port: server.port });
    await using bench = await Bench.open('outage');
    const { point, before } = await brokenCluster(bench, proxy, server);
    const plan = await bench.plan(point);
    const accepted = proxy.accepted;
    const { id } = await bench.start(plan);
    let cuts = 0;
    const run = await bench.when(id, (_, now) => {
      if (isInto(now, 'apply') && cuts++ < 4) proxy.cutAfter(1000, cuts % 2 === 0 ? 'toServer' : 'toClient');
      return false;
    });
    expect(run).toMatchObject({ state: 'succeeded' });
    expect(proxy.accepted - accepted).toBeGreaterThan(2);
    expect((await see(server)).nodes).toEqual(before.nodes);
  });
});
