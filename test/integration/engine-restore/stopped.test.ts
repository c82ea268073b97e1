import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { Bench, isInto } from './bench.ts';
import { breakTree, openSuper, plantTree, type Seen, see, superPassword } from './tree.ts';

/** Slow enough to be met in the middle of its steps. */
const limits = { requestsInFlight: 2, objectsPerSecond: 1500 };

describe('a restore that is stopped in its middle', () => {
  let server: ZooKeeperServer;
  let client: ZooKeeperClient;
  let bench: Bench;
  let point: string;
  let before: Seen;
  let seed = 40;

  beforeAll(async () => {
    server = await startZooKeeper({ superPassword });
    bench = await Bench.open('stopped');
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

  /** Starts to restore; gives the run's id once it is there. */
  async function startUntil(step: string): Promise<string> {
    const { id } = await bench.start(await bench.plan(point));
    const met = await bench.when(id, (_, run) => isInto(run, step));
    expect(met).toMatchObject({ state: 'running' });
    return id;
  }

  async function expectResumable(run: string): Promise<void> {
    expect((await see(server)).nodes).not.toEqual(before.nodes);
    const resumed = await bench.resume(run);
    expect(resumed).toMatchObject({ id: run, state: 'succeeded' });
    expect(resumed).not.toHaveProperty('error');
    expect((await see(server)).nodes).toEqual(before.nodes);
  }

  it.each(['undo point', 'apply'])('by a person during "%s" is cancelled and can go on', async (step) => {
    const broken = await see(server);
    const run = await startUntil(step);
    await bench.client.runs.cancel({ run });
    expect(await bench.ended(run)).toMatchObject({
      state: 'cancelled',
      error: { code: 'general.cancelled' },
    });
    const now = await see(server);
    if (step === 'undo point') expect(now.nodes).toEqual(broken.nodes);
    else expect(now.nodes).not.toEqual(broken.nodes);
    await expectResumable(run);
  });

  it('as the engine closes is interrupted and can go on', async () => {
    const run = await startUntil('apply');
    await bench.reopen();
    expect(await bench.client.runs.show({ run })).toMatchObject({
      state: 'interrupted',
      error: { code: 'engine.stopping' },
    });
    await expectResumable(run);
  });

  it('more than once goes on each time, and is taken back to where it began', async () => {
    const broken = await see(server);
    const run = await startUntil('apply');
    await bench.client.runs.cancel({ run });
    await bench.ended(run);
    await bench.client.restores.resume({ run });
    await bench.client.runs.cancel({ run });
    expect((await bench.ended(run)).state).toBe('cancelled');
    await expectResumable(run);
    expect((await bench.restore({ of: 'undo', run })).state).toBe('succeeded');
    expect((await see(server)).nodes).toEqual(broken.nodes);
    expect((await bench.restore(point)).state).toBe('succeeded');
  });

  it('and taken back does not go on any more', async () => {
    const broken = await see(server);
    const run = await startUntil('apply');
    await bench.client.runs.cancel({ run });
    await bench.ended(run);
    expect((await bench.restore({ of: 'undo', run })).state).toBe('succeeded');
    await expect(bench.resume(run)).rejects.toMatchObject({ code: 'engine.restore-undone' });
    expect((await see(server)).nodes).toEqual(broken.nodes);
    expect((await bench.restore(point)).state).toBe('succeeded');
  });
});
