import { expect, test } from 'vitest';
import {
  consumeRecords,
  describeKafka,
  fillKafka,
  holdMember,
  type KafkaAccess,
  type KafkaState,
  produceRecords,
  wipeKafka,
} from '../../foreign/kafka.ts';
import { kafkaTool } from '../../foreign/kafka-tools.ts';
import { describeWithKafkajs } from '../../foreign/kafkajs.ts';
import { until } from '../../servers/condition.ts';
import {
  certificatePrincipal,
  type KafkaCluster,
  type KafkaVersion,
  kafkaAccounts,
  startKafka,
  startKafkaCluster,
} from '../../servers/kafka.ts';
import { kafkaVersions } from '../../servers/kafka-config.ts';
import { isAlive } from '../../servers/processes.ts';
import { startZooKeeper } from '../../servers/zookeeper.ts';

const versions = Object.keys(kafkaVersions) as KafkaVersion[];
const longestName = 249;

test.each(versions)('Kafka %s is filled, seen alike by Java and kafkajs, and wiped', async (version) => {
  await using kafka = await startKafka({ version, sasl: true, authorizer: true });
  const filled = await fillKafka(kafka, { topics: 12, groups: 8, acls: 30 });
  expect(filled).toEqual({ topics: 12, groups: 8, acls: 30, users: 7 });
  const state = await describeKafka(kafka);
  expect(state.clusterId).toBe(kafka.clusterId);
  const topics = state.topics.filter(({ internal }) => !internal);
  expect(topics).toHaveLength(12);
  expect(Math.max(...topics.map(({ name }) => name.length))).toBe(longestName);
  expect(topics.some(({ configs }) => configs['retention.ms'] === '604800000')).toBe(true);
  expect(topics.some(({ log }) => log.some(([start]) => start > 0))).toBe(true);
  expect(state.groups.filter(({ offsets }) => Object.keys(offsets).length > 0)).toHaveLength(8);
  expect(state.acls?.filter(([, pattern]) => pattern === 'PREFIXED').length).toBeGreaterThan(0);
  expect(state.acls?.filter((cells) => cells.includes('DENY')).length).toBeGreaterThan(0);
  expect(state.quotas.some(({ entity }) => entity.user === null)).toBe(true);
  expect(state.quotas.some(({ entity }) => entity.ip === '10.1.2.3')).toBe(true);
  expect(state.users).toContainEqual(['user-0', 'SCRAM-SHA-256', 4096]);
  expect(state.configs.broker['<default>']).toMatchObject({ 'log.retention.ms': '259200000' });
  expect(Object.keys(state.configs.clientMetrics)).toEqual(version === '4.3' ? ['producers'] : []);
  expect(Object.keys(state.configs.group)).toEqual(version === '4.3' ? ['group-0000', 'not there yet'] : []);

  expect(await describeWithKafkajs(kafka)).toEqual(asKafkajsSees(state));

  await wipeKafka(kafka);
  const empty = await describeKafka(kafka);
  expect(empty.topics.filter(({ internal }) => !internal)).toEqual([]);
  expect([empty.groups, empty.acls, empty.quotas]).toEqual([[], [], []]);
  expect(empty.configs.broker['<default>'] ?? {}).not.toHaveProperty('log.retention.ms');
});

test('the same seed fills the same state', async () => {
  await using kafka = await startKafka();
  const contents = async (seed: number) => {
    await fillKafka(kafka, { seed, topics: 10, groups: 5, records: 0 });
    const { topics, groups, quotas, users } = await describeKafka(kafka);
    await wipeKafka(kafka);
    const named = topics.filter(({ internal }) => !internal).map(({ id: _, ...topic }) => topic);
    return { topics: named, groups, quotas, users };
  };
  const first = await contents(3);
  expect(await contents(3)).toEqual(first);
  expect(await contents(4)).not.toEqual(first);
});

test.each(versions)('Kafka %s keeps its state over SIGKILL, stop and pause', async (version) => {
  await using kafka = await startKafka({ version });
  await kafkaTool(kafka, 'topics', ['--create', '--topic', 'kept', '--partitions', '3']);
  expect(await produceRecords(kafka, 'kept', 30)).toEqual([10, 10, 10]);
  expect(await consumeRecords(kafka, { topic: 'kept', group: 'reader', count: 30 })).toHaveLength(30);
  const before = await describeKafka(kafka);
  const node = kafka.node(1);
  const { pid } = node;
  await kafka.kill();
  expect(isAlive(pid)).toBe(false);
  await kafka.restart();
  expect(readable(await describeKafka(kafka))).toEqual(readable(before));

  await kafka.stop();
  expect(await node.knownBrokers()).toEqual([]);
  await kafka.restart();
  kafka.pause();
  const answer = node.knownBrokers();
  kafka.resume();
  expect(await answer).toEqual([1]);
  expect(readable(await describeKafka(kafka))).toEqual(readable(before));
  expect(await produceRecords(kafka, 'kept', 2)).toEqual([1, 1, 0]);
  expect(await consumeRecords(kafka, { topic: 'kept', group: 'reader', count: 2 })).toEqual(['0', '1']);
});

test.each(versions)(
  'Kafka %s lets in by certificate, PLAIN and SCRAM, each as far as it may',
  async (version) => {
    await using kafka = await startKafka({ version, tls: true, sasl: true, authorizer: true });
    const listTopics = async (access: KafkaAccess) => await kafkaTool(kafka, 'topics', ['--list'], access);
    await kafkaTool(kafka, 'topics', ['--create', '--topic', 'secret']);
    const { admin, backup } = kafkaAccounts;
    const scram = { listener: 'saslTls', login: { ...admin, mechanism: 'SCRAM-SHA-512' } } as const;
    for (const access of [{ listener: 'tls' }, { listener: 'sasl', login: admin }, scram] as const) {
      expect(await listTopics(access)).toContain('secret');
    }
    const weak = { listener: 'sasl', login: { ...backup, mechanism: 'SCRAM-SHA-256' } } as const;
    expect(await listTopics(weak)).not.toContain('secret');
    const rule = ['--allow-principal', 'User:backup', '--operation', 'Describe', '--topic', 'sec'];
    await kafkaTool(kafka, 'acls', ['--add', ...rule, '--resource-pattern-type', 'prefixed'], scram);
    await until('the ACL to count', async () => (await listTopics(weak)).includes('secret') || undefined);
    const wrong = { listener: 'sasl', login: { ...admin, password: 'wrong' } } as const;
    await expect(listTopics(wrong)).rejects.toThrow('uthentication');
  },
);

test('an owner of a certificate who is no super user may do nothing, and an expired server is refused', async () => {
  await using strict = await startKafka({
    tls: { clientAuth: 'need' },
    authorizer: true,
    superUsers: ['User:ANONYMOUS'],
  });
  const byCertificate = { listener: 'tls' } as const;
  const list = async () => await kafkaTool(strict, 'acls', ['--list'], byCertificate);
  await expect(list()).rejects.toThrow('uthoriz');
  const allow = ['--add', '--allow-principal', certificatePrincipal, '--operation', 'Describe', '--cluster'];
  await kafkaTool(strict, 'acls', allow);
  await until('the ACL to count', async () => await list().catch(() => undefined));

  await using expired = await startKafka({ tls: { expired: true } });
  await expect(describeKafka(expired, byCertificate)).rejects.toThrow('CertificateExpiredException');
});

test.each([
  ['4.3', 'kraft'],
  ['3.9', 'zookeeper'],
] as const)('three brokers of %s (%s) outlive their controller', async (version, mode) => {
  // Where its logs start a broker writes down once a minute. One that is killed before that learns it from the leader,
  // unless it is made the leader itself as soon as it is back.
  const properties = { 'auto.leader.rebalance.enable': 'false' };
  await using kafka = await startKafkaCluster(3, {
    version,
    racks: ['a', 'b', 'a'],
    firstId: 11,
    properties,
  });
  expect(kafka.mode).toBe(mode);
  expect((await describeKafka(kafka)).brokers.map(({ id, rack }) => [id, rack])).toEqual([
    [11, 'a'],
    [12, 'b'],
    [13, 'a'],
  ]);
  await fillKafka(kafka, { topics: 6, groups: 3 });
  const before = await describeLed(kafka);
  expect(before.topics.some(({ replicas }) => replicas.some(({ length }) => length === 3))).toBe(true);
  const controller = await kafka.controllerId();
  await kafka.node(controller).kill();
  const next = await kafka.controllerId();
  expect(next).not.toBe(controller);
  await kafka.settled();
  await kafkaTool(kafka, 'topics', ['--create', '--topic', 'after', '--replication-factor', '2']);
  await kafka.node(controller).restart();
  await kafka.settled();
  const after = await describeLed(kafka);
  const { topics } = readable({ ...after, topics: after.topics.filter(({ name }) => name !== 'after') });
  expect(topics).toEqual(readable(before).topics);
});

test('3.9 runs without ZooKeeper too, and two clusters share one ZooKeeper', async () => {
  await using kraft = await startKafka({ version: '3.9', mode: 'kraft' });
  expect(kraft.zookeeper).toBeUndefined();
  await using zookeeper = await startZooKeeper();
  await using one = await startKafka({ version: '3.9', zookeeper, chroot: '/kafka/one', sasl: true });
  await using two = await startKafka({ version: '2.8', zookeeper, chroot: '/two' });
  const create = async (kafka: KafkaCluster, topic: string) =>
    await kafkaTool(kafka, 'topics', ['--create', '--topic', topic]);
  await Promise.all([create(kraft, 'zero'), create(one, 'first'), create(two, 'second')]);
  const names = async (kafka: KafkaCluster) => (await describeKafka(kafka)).topics.map(({ name }) => name);
  expect(await Promise.all([names(kraft), names(one), names(two)])).toEqual([
    ['zero'],
    ['first'],
    ['second'],
  ]);
});

test.each(['classic', 'consumer'] as const)(
  'a %s member is in its group as long as it is held',
  async (protocol) => {
    await using kafka = await startKafka();
    await kafkaTool(kafka, 'topics', ['--create', '--topic', 'watched']);
    const state = async () => (await describeKafka(kafka)).groups.find(({ id }) => id === 'watchers')?.state;
    {
      await using _member = await holdMember(kafka, { topic: 'watched', group: 'watchers', protocol });
      expect(await state()).toBe('Stable');
    }
    expect(await state()).toBe('Empty');
  },
);

/** The state once every partition has a leader, which after a start takes a moment. */
async function describeLed(kafka: KafkaCluster): Promise<KafkaState> {
  return await until('every partition to have a leader', async () => {
    const state = await describeKafka(kafka);
    const led = state.topics.every(({ log }) => log.every(([start]) => start >= 0));
    return led ? state : undefined;
  });
}

/** The state without what changes by itself: leaders come and go, internal logs grow. */
function readable({ topics, groups, acls, quotas, users }: KafkaState) {
  const visible = topics.filter(({ internal }) => !internal);
  return { topics: visible, groups, acls, quotas, users };
}

function asKafkajsSees({ brokers, topics, groups, acls }: KafkaState) {
  return {
    brokers: brokers.map(({ id, host, port }) => ({ id, host, port })),
    topics: topics.map(({ id: _, ...topic }) => topic),
    groups: groups.map(({ id, protocolType, offsets }) => ({ id, protocolType, offsets })),
    acls,
  };
}
