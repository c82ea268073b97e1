import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Perms, type ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import type { RestorePlan } from '../../../shared/model/plan.ts';
import { reservePort } from '../../servers/ports.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { Bench } from './bench.ts';
import { openSuper, superPassword } from './tree.ts';

const shut = [{ perms: Perms.read, scheme: 'digest', id: 'owner:aGFzaA==' }];

/** The subjects of what a plan says of the completeness of its point, and what it says, in both languages. */
function completeness({ checks }: RestorePlan): Record<string, string> {
  const found = checks.filter(({ check }) => check === 'point.complete');
  expect(new Set(found.map(({ result }) => result)).difference(new Set(['warning'])).size).toBe(0);
  for (const { finding, remedy } of found)
    expect([finding.zh, remedy?.zh]).toEqual([expect.stringMatching(/\p{Script=Han}/u), expect.anything()]);
  return Object.fromEntries(found.map(({ subject, finding }) => [subject, finding.en]));
}

describe('the plan of a point that is incomplete', () => {
  let server: ZooKeeperServer;
  let client: ZooKeeperClient;
  let bench: Bench;

  beforeAll(async () => {
    server = await startZooKeeper({ superPassword });
    client = await openSuper(server);
    await client.create('/app', Buffer.from('app'));
    await client.create('/app/open', Buffer.from('open'));
    bench = await Bench.open('incomplete-point');
    await bench.addCluster('whole', server);
  });

  afterAll(async () => {
    await client?.close();
    await bench?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  it('names services and kinds that it lacks, as far as they are to be restored', async () => {
    await client.create('/app/secret', Buffer.from('x'), { acl: shut });
    const nobody = await reservePort();
    const services = [server.connectString, `127.0.0.1:${nobody.port}`].map((connectString, index) => ({
      source: 'zookeeper',
      service: index === 0 ? 'ZooKeeper' : 'ZooKeeper-2',
      options: { connectString, connectTimeout: 2 },
    }));
    await bench.client.clusters.add({ name: 'half', environment: 'test', readOnly: false, services });
    const place = { storage: 'local', directory: '', maximumCopies: 3, consent: true };
    await bench.client.tasks.create({
      name: 'half',
      cluster: 'half',
      policy: { kind: 'full' },
      sources: [
        { service: 'ZooKeeper', selection: { roots: ['/app', '/never'] }, ...place },
        { service: 'ZooKeeper-2', selection: {}, ...place },
      ],
    });
    const { id, state } = await bench.ended((await bench.client.tasks.run({ name: 'half' })).id);
    nobody.release();
    expect(state).toBe('incomplete');

    const all = completeness(await bench.plan(id));
    expect(Object.keys(all)).toEqual(['ZooKeeper-2', 'ZooKeeper']);
    expect(all['ZooKeeper-2']).toContain('nothing of it');
    expect(all.ZooKeeper).toMatch(/lacking is of: znode\. First: .*\/app\/secret/);
    expect(Object.keys(completeness(await bench.plan(id, { services: ['ZooKeeper'] })))).toEqual([
      'ZooKeeper',
    ]);
    const file = await bench.plan({ of: 'file', path: await bench.archiveOf(id) }, { to: 'half' });
    expect(Object.keys(completeness(file))).toEqual(['ZooKeeper']);
    await client.delete('/app/secret');
  });

  it('says so still when its task is gone', async () => {
    await expect(bench.backup('whole', ['/app', '/never'])).rejects.toThrow('incomplete');
    const [last] = await bench.client.points.list({ limit: 1 });
    expect(last).toMatchObject({ clusterName: 'whole', complete: false });
    await bench.client.tasks.remove({ name: last?.taskName ?? '' });
    expect(completeness(await bench.plan(last?.id ?? '')).ZooKeeper).toMatch(
      /lacking is of: znode\. First: .*\/never/,
    );
  });

  it('says nothing of a complete one, nor of its undo point', async () => {
    const point = await bench.backup('whole', ['/app']);
    const plan = await bench.plan(point, { into: '/copy' });
    expect(completeness(plan)).toEqual({});
    const run = await bench.ended((await bench.start(plan)).id);
    expect(run.state).toBe('succeeded');
    expect(completeness(await bench.plan({ of: 'undo', run: run.id }))).toEqual({});
  });

  it('is one whose account may not look below a node on the way to a pattern, and removes nothing there', async () => {
    for (const path of ['/apps', '/apps/billing', '/apps/billing/config', '/apps/shop', '/apps/shop/config'])
      await client.create(path, Buffer.from(path));
    const service = { source: 'zookeeper', service: 'ZooKeeper' };
    const services = [{ ...service, options: { connectString: server.connectString } }];
    await bench.client.clusters.add({ name: 'guarded', environment: 'test', readOnly: false, services });
    const source = {
      service: 'ZooKeeper',
      selection: { roots: ['/'], include: ['/apps/**/config'] },
      ...{ storage: 'local', directory: 'guarded', maximumCopies: 1, consent: true },
    };
    const policy = { kind: 'full' } as const;
    await bench.client.tasks.create({ name: 'guarded', cluster: 'guarded', policy, sources: [source] });
    const runTask = async () => bench.ended((await bench.client.tasks.run({ name: 'guarded' })).id);
    const good = await runTask();
    expect(good.state).toBe('succeeded');

    await client.setAcl('/apps/billing', shut);
    const blind = await runTask();
    expect(blind.state).toBe('incomplete');
    expect(await bench.client.points.list({ task: 'guarded', limit: 9 })).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: good.id, complete: true }),
        expect.objectContaining({ id: blind.id, complete: false }),
      ]),
    );

    const plan = await bench.plan(blind.id, { to: 'whole' });
    expect(completeness(plan).ZooKeeper).toContain('/apps/billing');
    expect(plan.steps).toBe(0);
    expect(plan.services[0]?.notes.map(({ code }) => code)).toEqual(['unseen-left-alone']);

    await client.setData('/apps/shop/config', Buffer.from('changed'));
    const undone = await bench.restore(good.id);
    expect([undone.state, undone.error?.code]).toEqual(['failed', 'engine.undo-point-incomplete']);
    expect((await client.getData('/apps/shop/config')).data?.toString()).toBe('changed');
  });
});
