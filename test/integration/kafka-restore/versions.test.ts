import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SourceConnection } from '../../../main/sources/contract.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import { fillKafka } from '../../foreign/kafka.ts';
import { kafkaTool } from '../../foreign/kafka-tools.ts';
import { type KafkaCluster, type KafkaVersion, startKafka } from '../../servers/kafka.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { describeDone, planToMemory } from '../../support/restore-memory.ts';
import {
  accepted,
  captureAll,
  type Described,
  described,
  differences,
  equal,
  noteNames,
  openClient,
  openSource,
  restored,
  settle,
  stepNames,
  wipe,
  withEmptyLogs,
} from './bench.ts';

/** A topic config that 4.x does not have. */
const GONE_IN_4 = 'message.format.version';

let zookeeper: ZooKeeperServer;
let clusters: Readonly<Record<KafkaVersion, KafkaCluster>>;
let filled: Described;

beforeAll(async () => {
  zookeeper = await startZooKeeper();
  const [oldest, middle, newest] = await Promise.all([
    startKafka({ version: '2.8', zookeeper, chroot: '/two', authorizer: true, sasl: true }),
    startKafka({ version: '3.9', zookeeper, chroot: '/three', authorizer: true, sasl: true }),
    startKafka({ version: '4.3', authorizer: true, sasl: true }),
  ]);
  clusters = { '2.8': oldest, '3.9': middle, '4.3': newest };
  await fillKafka(oldest, { topics: 15, groups: 8, acls: 20 });
  const alter = ['--alter', '--add-config', `${GONE_IN_4}=2.6-IV0`];
  await kafkaTool(oldest, 'configs', [...alter, '--entity-type', 'topics', '--entity-name', 'orders.00000']);
  filled = await described(oldest);
});

afterAll(async () => {
  for (const cluster of Object.values(clusters ?? {})) await cluster[Symbol.asyncDispose]();
  await zookeeper?.[Symbol.asyncDispose]();
});

/** Whether the cluster has internal topics yet is up to who came before. */
function codesOf(notes: readonly FidelityNote[]): ReadonlySet<string> {
  return new Set(notes.map(({ code }) => code).filter((code) => code !== 'internal-left-alone'));
}

function open(version: KafkaVersion): Promise<SourceConnection> {
  const { chroot } = clusters[version];
  return openSource(
    clusters[version],
    version === '4.3' ? {} : { zookeeper: `${zookeeper.connectString}${chroot}` },
  );
}

/** What any release has: users come back only through ZooKeeper, features and group types are those of a release. */
function common({ java, kafkajs }: Described): object {
  const groups = java.groups.map(({ id, offsets }) => ({ id, offsets }));
  const { broker } = java.configs;
  const { 'min.insync.replicas': _fixed, ...forAll } = broker['<default>'] ?? {};
  return {
    topics: java.topics,
    groups,
    brokers: { ...broker, '<default>': forAll },
    acls: java.acls,
    quotas: java.quotas,
    seen: kafkajs,
  };
}

function without(name: string, { java, kafkajs }: Described): Described {
  const strip = <T extends { readonly configs: Readonly<Record<string, string | null>> }>(topic: T): T => {
    const { [name]: _gone, ...configs } = topic.configs;
    return { ...topic, configs };
  };
  return {
    java: { ...java, topics: java.topics.map(strip) },
    kafkajs: { ...kafkajs, topics: kafkajs.topics.map(strip) },
  };
}

it('what 2.8 has comes to 3.9, passwords and all', async () => {
  const [from, to] = [await open('2.8'), await open('3.9')];
  const point = await captureAll(from);
  const { stuck, notes } = await restored(to, point, equal);
  expect(stuck).toEqual([]);
  const codes = codesOf(notes);
  expect(codes).toEqual(new Set(['offsets-clamped', 'principal-of-site', 'rule-for-host']));
  const there = await described(clusters['3.9']);
  expect(common(there)).toEqual(common(withEmptyLogs(filled)));
  expect(there.java.users.map(([name]) => name)).toEqual(
    filled.java.users.map(([name]) => decodeURIComponent(name)),
  );
  expect(await differences(to, point, equal)).toEqual([]);
  expect(stepNames((await planToMemory(to, point, equal)).steps)).toEqual([]);
  await Promise.all([from.close(), to.close()]);
});

it.each(['2.8', '3.9'] as const)(
  'what %s has comes to 4.3, but for what 4.x does not have',
  async (version) => {
    await wipe(clusters['4.3']);
    const [from, to] = [await open(version), await open('4.3')];
    const point = await captureAll(from);
    const { stuck, notes } = await restored(to, point, equal);
    expect(stuck).toEqual([]);
    const named = noteNames(notes);
    expect(named).toContain('configs-unknown orders.00000');
    expect(named).toContain('verifier-unusable user-2/SCRAM-SHA-512');
    expect(codesOf(notes)).toEqual(
      new Set([
        'configs-fixed',
        'configs-unknown',
        ...(version === '2.8' ? ['offsets-clamped'] : []),
        'principal-of-site',
        'rule-for-host',
        'verifier-unusable',
      ]),
    );
    expect(common(await described(clusters['4.3']))).toEqual(
      common(without(GONE_IN_4, withEmptyLogs(filled))),
    );
    const left = await differences(to, point, equal);
    expect(left.every((difference) => difference.startsWith('removed users/'))).toBe(true);
    expect(stepNames((await planToMemory(to, point, equal)).steps)).toEqual([]);
    await Promise.all([from.close(), to.close()]);
  },
);

it('what 4.3 has comes to 3.9, and what 3.9 cannot have is named', async () => {
  await wipe(clusters['4.3']);
  await wipe(clusters['3.9']);
  await fillKafka(clusters['4.3'], { seed: 2, topics: 10, groups: 5, acls: 10 });
  const before = await described(clusters['4.3']);
  const [from, to] = [await open('4.3'), await open('3.9')];
  const point = await captureAll(from);
  const { stuck, notes } = await restored(to, point, equal);
  expect(stuck).toEqual([]);
  const codes = codesOf(notes);
  expect(codes).toEqual(
    new Set([
      'configs-unknown',
      'feature-unsupported',
      'offsets-clamped',
      'password-unknown',
      'principal-of-site',
      'rule-for-host',
    ]),
  );
  const unknown = noteNames(notes).filter((name) => name.startsWith('configs-unknown'));
  expect(unknown).toContain('configs-unknown client-metrics/producers');
  expect(common(await described(clusters['3.9']))).toEqual(common(withEmptyLogs(before)));
  await Promise.all([from.close(), to.close()]);
});

it('what 4.3 does not take is told by the plan, and holds up nothing else', async () => {
  const client = await openClient(clusters['2.8']);
  const topics = { fine: '1048576', narrow: '1000' };
  await accepted(
    client.createTopics(
      Object.entries(topics).map(([name, bytes]) => {
        return { name, replicas: [[1]], configs: { 'segment.bytes': bytes } };
      }),
    ),
  );
  await client.close();
  await settle(clusters['2.8']);
  const [from, to] = [await open('2.8'), await open('4.3')];
  const point = await captureAll(from, { kinds: ['topics'], topics: Object.keys(topics) });
  const { done, notes } = await restored(to, point, equal);
  expect(noteNames(notes)).toEqual(['cluster-refuses narrow']);
  expect(done.map(describeDone)).toEqual([
    'create /topics/fine: applied',
    expect.stringMatching(/^create \/topics\/narrow: failed \(.*segment\.bytes/),
  ]);
  await Promise.all([from.close(), to.close()]);
});
