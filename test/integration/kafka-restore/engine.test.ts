import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import { consumeRecords, holdMember, produceRecords } from '../../foreign/kafka.ts';
import { type KafkaCluster, startKafka } from '../../servers/kafka.ts';
import { startVersitygw, type VersitygwServer } from '../../servers/versitygw.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { obsOptions } from '../../storages/obs-bucket.ts';
import { Workstation } from '../engine-backup/workstation.ts';
import { Bench } from '../engine-restore/bench.ts';
import { holdfast } from '../engine-restore/killed.ts';
import {
  asSuper,
  breakTree,
  openSuper,
  plantTree,
  type Seen,
  see,
  superPassword,
} from '../engine-restore/tree.ts';
import { type Described, openClient } from './bench.ts';
import { breakKafka, leaveTry, plantKafka, seeKafka } from './engine-kafka.ts';
import { killedAfter } from './killed-after.ts';
import { refuseRecords } from './record-limit.ts';

interface State {
  readonly kafka: Described;
  readonly nodes: Seen['nodes'];
}

describe('a cluster of Kafka and ZooKeeper, backed up to a bucket', () => {
  let kafka: KafkaCluster;
  let zookeeper: ZooKeeperServer;
  let client: ZooKeeperClient;
  let gateway: VersitygwServer;
  let bench: Bench;
  let point: string;
  let before: State;
  let seed = 500;

  beforeAll(async () => {
    [kafka, zookeeper, gateway] = await Promise.all([
      startKafka({ authorizer: true }),
      startZooKeeper({ superPassword }),
      startVersitygw(),
    ]);
    bench = await Bench.open('engine-kafka');
    client = await openSuper(zookeeper);
    await Promise.all([plantKafka(kafka), plantTree(client, 300, 7), gateway.createBucket('bucket')]);
    await bench.client.storages.add(bucket());
    await bench.client.clusters.add({
      name: 'both',
      environment: 'test',
      readOnly: false,
      services: [
        { source: 'kafka', service: 'Kafka', options: { bootstrapServers: kafka.bootstrap.plain } },
        {
          source: 'zookeeper',
          service: 'ZooKeeper',
          options: { connectString: zookeeper.connectString, ...asSuper },
        },
      ],
    });
    point = await backup();
    before = await state();
  });

  afterAll(async () => {
    await client?.close();
    await bench?.[Symbol.asyncDispose]();
    await Promise.all([kafka, zookeeper, gateway].map((server) => server?.[Symbol.asyncDispose]()));
  });

  beforeEach(() => breakBoth());

  function bucket() {
    const options = { ...obsOptions(gateway, 'bucket'), prefix: 'backups' };
    return { name: 'bucket', driver: 'obs', options };
  }

  async function backup(): Promise<string> {
    const place = { storage: 'bucket', directory: '', maximumCopies: 5, consent: true };
    await bench.client.tasks.create({
      name: 'nightly',
      cluster: 'both',
      policy: { kind: 'full' },
      sources: [
        { service: 'Kafka', selection: {}, ...place },
        { service: 'ZooKeeper', selection: { roots: ['/'] }, ...place },
      ],
    });
    const { id, state: ended } = await bench.ended((await bench.client.tasks.run({ name: 'nightly' })).id);
    expect(ended).toBe('succeeded');
    return id;
  }

  async function state(): Promise<State> {
    const [seen, { nodes }] = await Promise.all([seeKafka(kafka), see(zookeeper)]);
    return { kafka: seen, nodes };
  }

  async function breakBoth(): Promise<void> {
    await Promise.all([breakKafka(kafka), breakTree(client, seed++)]);
  }

  async function logOf(run: string): Promise<string> {
    return (await bench.client.runs.log({ run })).map(({ text }) => text).join('\n');
  }

  it('comes back whole, the brokers are tried, and undo leaves what was before', async () => {
    const broken = await state();
    expect(broken).not.toEqual(before);
    const run = await bench.restore(point);
    expect(run).toMatchObject({ state: 'succeeded', counts: { differences: 0 } });
    expect(await state()).toEqual(before);
    expect(await logOf(run.id)).toMatch(/kafka\.records: Brokers 1 took a record each and gave it back/);
    expect((await bench.plan(point)).steps).toBe(0);

    const undone = await bench.restore({ of: 'undo', run: run.id });
    expect(undone).toMatchObject({ kind: 'undo', undoes: run.id, state: 'succeeded' });
    expect(await state()).toEqual(broken);
    expect((await bench.restore(point)).state).toBe('succeeded');
  });

  it('goes on after its process was killed between phases, and in its try, and reaches the point', async () => {
    for (const share of [0, 0.5, 1]) {
      const plan = await bench.plan(point, { services: ['Kafka'] });
      await bench.leave();
      const phases = new Set(plan.services[0]?.counts.map(({ phase }) => phase)).size;
      const done = Math.max(1, Math.floor(share * phases));
      expect(await killedAfter(bench, plan, done)).toBe(true);
      if (done === phases) await leaveTry(kafka);
      const resumed = await holdfast(bench, 'restore', '--resume', plan.id);
      expect(resumed, `killed after ${done} phases`).toEqual({ exitCode: 0, state: 'succeeded' });
      expect(await seeKafka(kafka), `killed after ${done} phases`).toEqual(before.kafka);
      await breakKafka(kafka);
      await bench.reopen();
    }
    expect((await bench.restore(point)).state).toBe('succeeded');
  }, 300_000);

  it('ends incomplete where a group has members; resumed when they are gone, it is whole', async () => {
    const { groups, topics } = before.kafka.java;
    // One whose offsets were moved, in a topic that was left alone.
    const id = groups[1]?.id ?? '';
    const member = await holdMember(kafka, { topic: topics[2]?.name ?? '', group: id });
    const plan = await bench.plan(point);
    expect(plan.checks.find(({ check }) => check === 'kafka.groups-inactive')).toMatchObject({
      result: 'warning',
      finding: { en: expect.stringContaining(id) },
    });
    const run = await bench.ended((await bench.start(plan)).id);
    expect(run.state).toBe('incomplete');
    expect(await logOf(run.id)).toMatch(/the group has members: stop its clients, then go on/);
    await member[Symbol.asyncDispose]();
    expect(await bench.resume(run.id)).toMatchObject({ state: 'succeeded', counts: { differences: 0 } });
    expect(await state()).toEqual(before);
  });

  it('is incomplete as long as the brokers take no records', async () => {
    const admin = await openClient(kafka);
    try {
      await refuseRecords(admin, [1], true);
      const run = await bench.restore(point, { services: ['Kafka'], select: ['acls'] });
      expect(run).toMatchObject({ state: 'incomplete', counts: { differences: 0 } });
      expect(await logOf(run.id)).toMatch(/kafka\.records: .*MESSAGE_TOO_LARGE/);
      await refuseRecords(admin, [1], false);
      expect((await bench.restore(point)).state).toBe('succeeded');
    } finally {
      await admin.close();
    }
  });

  it('comes back by a machine with an empty data directory that is told of the bucket alone', async () => {
    await using fresh = await Workstation.open();
    await fresh.initVault();
    await fresh.client.storages.add(bucket());
    expect(await fresh.client.storages.rescan({ name: 'bucket' })).toMatchObject({ tasks: 1, damaged: [] });
    const services = [{ service: 'ZooKeeper', options: { password: superPassword } }];
    await fresh.client.clusters.update({ name: 'both', services });
    expect(await fresh.points()).toEqual([point]);
    const run = await restoreOn(fresh, point);
    expect(run).toMatchObject({ state: 'succeeded', counts: { differences: 0 } });
    expect(await state()).toEqual(before);
    const topic = before.kafka.java.topics[0]?.name ?? '';
    await produceRecords(kafka, topic, 5);
    expect(await consumeRecords(kafka, { topic, group: 'reader', count: 5 })).toHaveLength(5);
  });
});

async function restoreOn(station: Workstation, point: string) {
  const from = { of: 'point' as const, point };
  const order = { from, services: [], select: [], mode: 'equal' as const };
  for await (const event of await station.client.restores.plan(order)) {
    if (event.event !== 'planned') continue;
    const { id, clusterName } = event.plan;
    const started = await station.client.restores.start({ plan: id, confirm: clusterName });
    return (await station.ended(started.id)).run;
  }
  throw new Error('planning ended without a plan');
}
