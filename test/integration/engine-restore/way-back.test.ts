import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { Bench, isInto } from './bench.ts';
import { breakTree, openSuper, plantTree, type Seen, see, superPassword } from './tree.ts';

/** Slow enough to be met in the middle of its steps. */
const limits = { requestsInFlight: 2, objectsPerSecond: 1500 };

describe('what a restore has put down before it changes anything', () => {
  let server: ZooKeeperServer;
  let client: ZooKeeperClient;
  let bench: Bench;
  let point: string;
  let before: Seen;
  let seed = 70;

  beforeAll(async () => {
    server = await startZooKeeper({ superPassword });
    bench = await Bench.open('way-back');
    client = await openSuper(server);
    await plantTree(client, 1500, 6);
    await bench.addCluster('zk', server, { limits });
    point = await bench.backup('zk');
    before = await see(server);
  });

  afterAll(async () => {
    await client?.close();
    await bench?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  beforeEach(() => breakTree(client, seed++));

  it('its undo point: once that is lost it goes on only with somebody’s consent', async () => {
    const { id } = await bench.start(await bench.plan(point));
    await bench.when(id, (_, run) => isInto(run, 'apply'));
    await bench.client.runs.cancel({ run: id });
    expect((await bench.ended(id)).state).toBe('cancelled');
    await rm(join(bench.dataDirectory, 'undo', id), { recursive: true });
    const stopped = await see(server);
    expect(await bench.resume(id)).toMatchObject({
      state: 'failed',
      error: { code: 'engine.undo-point-lost' },
    });
    expect((await see(server)).nodes).toEqual(stopped.nodes);
    await bench.client.restores.resume({ run: id, acceptIncompleteUndo: true });
    expect(await bench.ended(id)).toMatchObject({ state: 'succeeded' });
    expect((await see(server)).nodes).toEqual(before.nodes);
  });

  it('its steps: when some are gone it does not pass for done', async () => {
    const plan = await bench.plan(point);
    const steps = join(bench.dataDirectory, 'runs', plan.id, 'steps', 'of-ZooKeeper');
    for (const name of await readdir(steps)) {
      const lines = (await readFile(join(steps, name), 'utf8')).split('\n');
      await writeFile(join(steps, name), lines.slice(1).join('\n'));
    }
    await bench.start(plan);
    expect(await bench.ended(plan.id)).toMatchObject({
      state: 'failed',
      error: { code: 'engine.steps-missing', params: { missing: 1 } },
    });
    expect((await bench.restore(point)).state).toBe('succeeded');
    expect((await see(server)).nodes).toEqual(before.nodes);
  });
});
