import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { Bench } from './bench.ts';
import { breakTree, openSuper, plantTree, see, superPassword } from './tree.ts';

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
