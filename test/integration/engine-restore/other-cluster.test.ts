import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { Bench } from './bench.ts';
import { openSuper, plantTree, type Seen, see, superPassword } from './tree.ts';

/** The way to the cluster leads to another one. */
describe('a cluster that is not the one that was backed up before', () => {
  let server: ZooKeeperServer;
  let bench: Bench;
  let point: string;
  let before: Seen;

  beforeEach(async () => {
    server = await startZooKeeper({ superPassword });
    bench = await Bench.open('other-cluster');
    await plant(server, 100, 1);
    await bench.addCluster('zk', server);
    point = await bench.backup('zk', ['/'], undefined, 1);
    before = await see(server);
    return async () => {
      await bench[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    };
  });

  async function plant(target: ZooKeeperServer, count: number, seed: number): Promise<void> {
    const client = await openSuper(target);
    await plantTree(client, count, seed);
    await client.close();
  }

  /** At the same address there is a server that never saw any data. */
  async function loseEverything(): Promise<void> {
    await server.stop();
    rmSync(join(server.dataDir, 'version-2'), { recursive: true });
    await server.restart();
  }

  async function runAgain() {
    return bench.ended((await bench.client.tasks.run({ name: 'task-1' })).id);
  }

  async function checks(): Promise<Record<string, string>> {
    const results = await Array.fromAsync(await bench.client.tasks.check({ name: 'task-1' }));
    return Object.fromEntries(results.map(({ check, result }) => [check, result]));
  }

  it('is not backed up in its place, until somebody accepts it', async () => {
    expect(await checks()).toMatchObject({ 'cluster.identity': 'passed' });
    await loseEverything();
    expect(await checks()).toMatchObject({ 'cluster.identity': 'failed' });
    for (let run = 0; run < 2; run++) {
      expect(await runAgain()).toMatchObject({ state: 'failed', error: { code: 'engine.other-service' } });
    }
    expect((await bench.client.points.list({ limit: 10 })).map(({ id }) => id)).toEqual([point]);
    await bench.reopen();
    expect((await runAgain()).state).toBe('failed');

    await bench.client.clusters.update({ name: 'zk', acceptIdentity: true });
    expect(await checks()).toMatchObject({ 'cluster.identity': 'passed' });
    const accepted = await runAgain();
    expect(accepted.state).toBe('succeeded');
    expect((await bench.client.points.list({ limit: 10 })).map(({ id }) => id)).toEqual([accepted.id]);
  });

  it('is not restored into, until somebody accepts it; then it gets everything back', async () => {
    await loseEverything();
    const refused = await bench.plan(point);
    expect(refused.checks).toContainEqual(
      expect.objectContaining({ check: 'cluster.identity', subject: 'ZooKeeper', result: 'failed' }),
    );
    await expect(bench.start(refused)).rejects.toMatchObject({ code: 'engine.checks-failed' });
    expect((await see(server)).nodes).not.toContainEqual(expect.objectContaining({ path: '/app' }));

    await bench.client.clusters.update({ name: 'zk', acceptIdentity: true });
    const run = await bench.restore(point);
    expect(run.state).toBe('succeeded');
    expect((await see(server)).nodes).toEqual(before.nodes);
    expect((await bench.restore({ of: 'undo', run: run.id })).state).toBe('succeeded');
  });

  it('is not changed by a plan that was made for the right one, nor by an undo', async () => {
    const client = await openSuper(server);
    await client.setData('/app', Buffer.from('broken'));
    await client.close();
    const plan = await bench.plan(point);
    const done = await bench.restore(point);
    await loseEverything();
    const run = await bench.ended((await bench.start(plan)).id);
    expect(run).toMatchObject({ state: 'failed', error: { code: 'engine.other-service' } });
    const undo = await bench.plan({ of: 'undo', run: done.id });
    await expect(bench.start(undo)).rejects.toMatchObject({ code: 'engine.checks-failed' });
    expect((await see(server)).nodes).not.toContainEqual(expect.objectContaining({ path: '/app' }));
  });

  it('may be named as the target, and is then known by itself', async () => {
    await using other = await startZooKeeper({ superPassword });
    await bench.addCluster('other', other);
    const { nodes } = await see(other);
    const run = await bench.restore(point, { to: 'other' });
    expect(run.state).toBe('succeeded');
    expect((await see(other)).nodes).toEqual(before.nodes);
    expect((await bench.restore({ of: 'undo', run: run.id })).state).toBe('succeeded');
    expect((await see(other)).nodes).toEqual(nodes);
    expect((await runAgain()).state).toBe('succeeded');
  });

  it('is the same one after a restart, and where only its address is written otherwise', async () => {
    await server.restart();
    expect((await runAgain()).state).toBe('succeeded');
    const options = { connectString: `localhost:${server.port}` };
    await bench.client.clusters.update({ name: 'zk', services: [{ service: 'ZooKeeper', options }] });
    expect((await runAgain()).state).toBe('succeeded');
  });

  it('is known by a rescan to an installation that lost its catalog', async () => {
    await loseEverything();
    await using fresh = await Bench.open('other-cluster-fresh');
    await fresh.client.storages.add({
      name: 'old',
      driver: 'local',
      options: { directory: bench.storageFolder },
    });
    await fresh.client.storages.rescan({ name: 'old' });
    const options = { password: superPassword };
    await fresh.client.clusters.update({ name: 'zk', services: [{ service: 'ZooKeeper', options }] });
    const run = await fresh.ended((await fresh.client.tasks.run({ name: 'task-1' })).id);
    expect(run).toMatchObject({ state: 'failed', error: { code: 'engine.other-service' } });
  });
});
