import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openEngine } from '../../../main/engine/engine.ts';
import type { ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import type { RestorePlan } from '../../../shared/model/plan.ts';
import { ManualClock } from '../../clock/manual-clock.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { Bench } from './bench.ts';
import { asSuper, breakTree, openSuper, plantTree, see, superPassword } from './tree.ts';

const refused = (code: string) => expect.objectContaining({ code });

describe('a restore is refused', () => {
  let server: ZooKeeperServer;
  let client: ZooKeeperClient;
  let bench: Bench;
  let point: string;

  beforeAll(async () => {
    server = await startZooKeeper({ superPassword });
    bench = await Bench.open('refusals');
    client = await openSuper(server);
    await plantTree(client, 200, 2);
    await bench.addCluster('zk', server);
    await bench.addCluster('kept', server, { readOnly: true });
    point = await bench.backup('zk');
    await breakTree(client, 3);
  });

  afterAll(async () => {
    await client?.close();
    await bench?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  it('when another cluster is confirmed than the one it would change', async () => {
    const broken = await see(server);
    const plan = await bench.plan(point);
    for (const confirm of ['', 'ZK', 'kept']) {
      await expect(bench.client.restores.start({ plan: plan.id, confirm })).rejects.toThrow(
        refused('engine.confirmation-wrong'),
      );
    }
    expect((await see(server)).nodes).toEqual(broken.nodes);
    await expect(bench.client.runs.show({ run: plan.id })).rejects.toThrow(refused('engine.no-run'));
  });

  it('by a cluster that is read-only, which may be planned for all the same', async () => {
    const broken = await see(server);
    const plan = await bench.plan(point, { to: 'kept' });
    expect(plan.steps).toBeGreaterThan(0);
    await expect(bench.start(plan)).rejects.toThrow(refused('engine.read-only-cluster'));
    expect((await see(server)).nodes).toEqual(broken.nodes);
  });

  it('when its plan was used, also by two that start at once', async () => {
    const plan = await bench.plan(point);
    const answers = await Promise.allSettled([bench.start(plan), bench.start(plan)]);
    const [won, lost] = answers.toSorted((a, b) => a.status.localeCompare(b.status));
    expect(won?.status).toBe('fulfilled');
    expect(lost).toMatchObject({ status: 'rejected', reason: { code: 'engine.plan-used' } });
    expect((await bench.ended(plan.id)).state).toBe('succeeded');
    await expect(bench.start(plan)).rejects.toThrow(refused('engine.plan-used'));
    await bench.reopen();
    await expect(bench.start(plan)).rejects.toThrow(refused('engine.plan-used'));
  });

  it('when its plan is older than a day, which goes when another one is made', async () => {
    const clock = new ManualClock(new Date());
    const aged = await openEngine({ dataDirectory: join(bench.folder, 'aged'), surroundings: { clock } });
    onTestFinished(() => aged.close());
    const client = createRouterClient(aged.router);
    await client.vault.init({ kind: 'key-file', path: join(bench.folder, 'aged.key') });
    await client.clusters.add({
      name: 'zk',
      environment: 'test',
      readOnly: false,
      services: [
        {
          source: 'zookeeper',
          service: 'ZooKeeper',
          options: { connectString: server.connectString, ...asSuper },
        },
      ],
    });
    const from = { of: 'file' as const, path: await bench.archiveOf(point) };
    const order = { from, to: 'zk', services: [], select: [], mode: 'merge' as const };
    const plan = async (): Promise<RestorePlan> => {
      for await (const event of await client.restores.plan(order))
        if (event.event === 'planned') return event.plan;
      throw new Error('planning ended without a plan');
    };
    const start = ({ id }: RestorePlan) => client.restores.start({ plan: id, confirm: 'zk' });
    const runs = join(bench.folder, 'aged', 'runs');
    const kept = () => readdirSync(runs).sort();

    const carriedOut = await plan();
    await start(carriedOut);
    for await (const _ of await client.runs.watch({ run: carriedOut.id }));
    const [old, older] = [await plan(), await plan()];
    clock.sleep(23 * 60 * 60_000);
    const young = await plan();
    // Files have the machine's date.
    utimesSync(join(runs, young.id), clock.now(), clock.now());
    expect(kept()).toEqual([carriedOut.id, old.id, older.id, young.id].sort());
    clock.sleep(61 * 60_000);
    await expect(start(old)).rejects.toThrow(refused('engine.plan-expired'));
    const last = await plan();
    expect(kept()).toEqual([carriedOut.id, last.id, young.id].sort());
    await expect(start(older)).rejects.toThrow(refused('engine.no-plan'));
    expect(await start(young)).toMatchObject({ state: 'running' });
  });

  it('while another one changes the same cluster', async () => {
    const [first, second] = [await bench.plan(point), await bench.plan(point)];
    await bench.start(first);
    await expect(bench.start(second)).rejects.toThrow(refused('engine.restore-under-way'));
    await bench.client.runs.cancel({ run: first.id });
    expect((await bench.ended(first.id)).state).toBe('cancelled');
  });

  it('when there is nothing to go on with', async () => {
    const done = await bench.restore(point);
    await expect(bench.resume(done.id)).rejects.toThrow(refused('engine.not-resumable'));
    const [backup] = (await bench.client.runs.list({ limit: 100 })).filter(({ kind }) => kind === 'backup');
    await expect(bench.resume(backup?.id ?? '')).rejects.toThrow(refused('engine.not-resumable'));
  });

  it('when there is no such plan, point, service or undo point', async () => {
    const none = '0'.repeat(16);
    const { restores } = bench.client;
    await expect(restores.start({ plan: none, confirm: 'zk' })).rejects.toThrow(refused('engine.no-plan'));
    await expect(bench.plan(none)).rejects.toThrow(refused('engine.no-point'));
    await expect(bench.plan(point, { services: ['Kafka'] })).rejects.toThrow(refused('engine.no-service'));
    const [backup] = (await bench.client.runs.list({ limit: 100 })).filter(({ kind }) => kind === 'backup');
    await expect(bench.plan({ of: 'undo', run: backup?.id ?? '' })).rejects.toThrow(
      refused('engine.no-undo-point'),
    );
    await expect(bench.plan({ of: 'cluster', cluster: 'zk' })).rejects.toThrow(
      refused('general.invalid-input'),
    );
  });
});
