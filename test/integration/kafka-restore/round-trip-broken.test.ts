import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AclBinding, KafkaClient, ScramChange } from '../../../main/protocols/kafka/index.ts';
import type { SourceConnection } from '../../../main/sources/contract.ts';
import { type KafkaCluster, startKafka } from '../../servers/kafka.ts';
import type { MemoryPoint } from '../../support/point-memory.ts';
import { planToMemory } from '../../support/restore-memory.ts';
import {
  accepted,
  captureAll,
  type Described,
  described,
  differences,
  equal,
  merge,
  noteNames,
  openClient,
  openSource,
  restored,
  settle,
  stepNames,
} from './bench.ts';

const RECORDS = 6;
const LONGEST = 'n'.repeat(249);

let kafka: KafkaCluster;
let client: KafkaClient;
let source: SourceConnection;
let point: MemoryPoint;
let before: Described;

beforeAll(async () => {
  kafka = await startKafka({ authorizer: true });
  client = await openClient(kafka);
  await build();
  await settle(kafka);
  source = await openSource(kafka);
  before = await described(kafka);
  point = await captureAll(source);
});

afterAll(async () => {
  await source?.close();
  await client?.close();
  await kafka?.[Symbol.asyncDispose]();
});

function rule(resourceName: string, differing: Partial<AclBinding> = {}): AclBinding {
  return {
    resourceType: 'TOPIC',
    patternType: 'PREFIXED',
    resourceName,
    principal: 'User:app',
    host: '*',
    operation: 'READ',
    permission: 'ALLOW',
    ...differing,
  };
}

function topic(name: string, partitions: number, configs: Readonly<Record<string, string>> = {}) {
  return { name, replicas: Array.from({ length: partitions }, () => [1]), configs };
}

function offset(group: string, name: string, at: number, metadata = '') {
  const offsets = [{ topic: name, partition: 0, offset: BigInt(at), metadata }];
  return accepted(client.commitOffsets({ id: group, type: 'classic' }, offsets));
}

async function settings(values: Readonly<Record<string, string | null>>, name = ''): Promise<void> {
  await accepted(client.incrementalAlterConfigs([{ resource: { type: 'broker', name }, values }]));
}

function credential(user: string, iterations: number): ScramChange {
  return { action: 'set', user, mechanism: 'SCRAM-SHA-256', iterations, password: 'secret' };
}

async function build(): Promise<void> {
  await accepted(client.alterScram([credential('kept', 4096), credential('lost', 5000)]));
  await accepted(
    client.createTopics([
      topic('altered', 1, { 'retention.ms': '1000', 'cleanup.policy': 'compact' }),
      topic('default-kept', 1, { 'retention.ms': '604800000' }),
      topic('gone', 2, { 'segment.ms': '3600000' }),
      topic('grown', 2),
      topic('made-anew', 4),
      topic('plain', 1),
      topic(LONGEST, 1),
    ]),
  );
  await settle(kafka);
  for (const name of ['plain', 'gone', LONGEST]) {
    for (let i = 0; i < RECORDS; i++) {
      await client.produce({ topic: name, partition: 0 }, { key: Buffer.from('k'), value: Buffer.from('v') });
    }
  }
  await offset('kept', 'plain', 3);
  await offset('moved', 'plain', 5, 'checkpoint');
  await offset('moved', LONGEST, 4);
  await offset('lost', 'plain', 2);
  await offset('in what is gone', 'gone', 5);
  await accepted(
    client.createAcls([
      rule('orders.'),
      rule('orders.', { permission: 'DENY', host: '10.0.0.1' }),
      rule(LONGEST, { patternType: 'LITERAL' }),
    ]),
  );
  await accepted(
    client.alterQuotas([
      { entity: { user: 'a' }, values: { producer_byte_rate: 1000, consumer_byte_rate: 2000 } },
      { entity: { user: null, clientId: 'c' }, values: { request_percentage: 12.5 } },
      { entity: { ip: '10.0.0.2' }, values: { connection_creation_rate: 5 } },
    ]),
  );
  await settings({ 'log.retention.ms': '86400000' });
  await settings({ 'log.cleaner.backoff.ms': '20000' }, '1');
}

async function breakMuch(): Promise<void> {
  const lost = { action: 'delete', user: 'lost', mechanism: 'SCRAM-SHA-256' } as const;
  await accepted(client.alterScram([credential('added', 4096), lost]));
  await accepted(client.deleteTopics(['gone', 'made-anew', 'default-kept']));
  await expect.poll(async () => (await client.describeTopics(['gone', 'made-anew'])).length).toBe(0);
  const orphan = [{ id: 'in what is gone', type: 'classic' }];
  await expect.poll(() => client.fetchOffsets(orphan)).toMatchObject([{ offsets: [] }]);
  await accepted(client.createTopics([topic('extra', 1), topic('made-anew', 2), topic('default-kept', 1)]));
  await accepted(client.createPartitions([{ name: 'grown', total: 5 }]));
  const altered = { type: 'topic', name: 'altered' } as const;
  await accepted(
    client.incrementalAlterConfigs([
      {
        resource: altered,
        values: { 'retention.ms': '2000', 'cleanup.policy': null, 'flush.messages': '7' },
      },
      { resource: { type: 'client-metrics', name: 'added' }, values: { 'interval.ms': '1000' } },
    ]),
  );
  await offset('moved', 'plain', 1);
  await offset('kept', LONGEST, 1);
  await offset('added', 'plain', 1);
  await accepted(client.deleteGroups(['lost']));
  await accepted(client.deleteAcls([rule('orders.', { permission: 'DENY', host: '10.0.0.1' })]));
  await accepted(client.createAcls([rule('stranger', { principal: 'User:eve', permission: 'ALLOW' })]));
  await accepted(
    client.alterQuotas([
      { entity: { user: 'a' }, values: { producer_byte_rate: 1, consumer_byte_rate: null } },
      { entity: { ip: '10.0.0.2' }, values: { connection_creation_rate: null } },
      { entity: { ip: null }, values: { connection_creation_rate: 9 } },
    ]),
  );
  await settings({ 'log.retention.ms': '5000', 'message.max.bytes': '2000000' });
  await settings({ 'log.cleaner.backoff.ms': null }, '1');
}

const ADDED = [
  'create acls/TOPIC/PREFIXED/orders./User:app/10.0.0.1/READ/DENY',
  'create configs/broker/1',
  'create groups/in what is gone/gone',
  'create groups/lost/plain',
  'create quotas/ip=10.0.0.2',
  'create topics/gone',
];
const CHANGED = [
  'change configs/broker/<default>',
  'change groups/moved/plain',
  'change quotas/user=a',
  'change topics/altered',
  'change topics/default-kept',
  'change topics/made-anew',
];
const REMOVED = [
  'remove acls/TOPIC/PREFIXED/stranger/User:eve/*/READ/ALLOW',
  'remove configs/client-metrics/added',
  'remove groups/added',
  `remove groups/kept/${LONGEST}`,
  'remove quotas/ip=<default>',
  'remove topics/extra',
  'remove users/added/SCRAM-SHA-256',
];

/** What no restore brings back here. */
const LEFT = ['changed topics/grown partitions', 'removed users/lost/SCRAM-SHA-256'];

describe('a cluster that was broken in many places', () => {
  it('is described by a plan of exactly what was broken', async () => {
    expect(stepNames((await planToMemory(source, point, equal)).steps)).toEqual([]);
    await breakMuch();
    await settle(kafka);
    const { steps, notes } = await planToMemory(source, point, equal);
    expect(stepNames(steps).sort()).toEqual([...ADDED, ...CHANGED, ...REMOVED].sort());
    expect(noteNames(notes)).toEqual([
      'offsets-clamped in what is gone/gone',
      'partitions-stay grown',
      'password-unknown lost/SCRAM-SHA-256',
      'records-lost extra',
      'topic-made-anew default-kept',
      'topic-made-anew made-anew',
    ]);
    const found = await differences(source, point, equal);
    expect(found).toHaveLength(ADDED.length + CHANGED.length + REMOVED.length + LEFT.length);
    for (const each of LEFT) expect(found).toContain(each);
    expect(found).toContain('changed topics/altered configs');
  });

  it('gets what is missing by merging, and keeps what was added', async () => {
    const { steps } = await planToMemory(source, point, merge);
    const found = stepNames(steps).sort();
    expect(found).toEqual([...ADDED, ...CHANGED].sort());
    const { stuck } = await restored(source, point, merge);
    expect(stuck).toEqual([]);
    expect(await differences(source, point, merge)).toEqual(LEFT);
    const { java } = await described(kafka);
    const altered = java.topics.find(({ name }) => name === 'altered');
    expect(altered?.configs).toEqual({
      'retention.ms': '1000',
      'cleanup.policy': 'compact',
      'flush.messages': '7',
    });
    expect(java.topics.map(({ name }) => name)).toContain('extra');
    expect(java.configs.broker['<default>']).toMatchObject({ 'log.retention.ms': '86400000' });
  });

  it('loses what was added when it is made equal', async () => {
    const { done, stuck } = await restored(source, point, equal);
    expect(stuck).toEqual([]);
    expect(stepNames(done.map(({ step }) => step)).sort()).toEqual(
      [...REMOVED, 'change configs/broker/<default>', 'change topics/altered'].sort(),
    );
    expect(await differences(source, point, equal)).toEqual(LEFT);
    expect(stepNames((await planToMemory(source, point, equal)).steps)).toEqual([]);
    const after = await described(kafka);
    expect(after.java.topics.find(({ name }) => name === 'grown')?.replicas).toHaveLength(5);
    expect(comparable(after)).toEqual(comparable(before));
  });
});

it('feature levels are raised again and never lowered, and share groups come back once they can', async () => {
  const share = { id: 'sharing', type: 'share' };
  await accepted(client.commitOffsets(share, [{ topic: 'plain', partition: 0, offset: 3n, metadata: null }]));
  const full = await captureAll(source, { kinds: ['features', 'groups'], groups: [share.id] });
  const { features } = (await described(kafka)).java;
  await accepted(client.deleteGroups([share.id]));
  const lowered = { 'share.version': 0, 'transaction.version': 1 };
  for (const [name, level] of Object.entries(lowered)) {
    await accepted(client.updateFeatures([{ name, level, allow: 'safe-downgrade' }]));
  }
  const levels = async () => (await client.describeFeatures()).finalized.map(({ name }) => name);
  await expect.poll(levels).not.toContain('share.version');
  const less = await captureAll(source, { kinds: ['features'] });

  const { done, stuck, notes } = await restored(source, full, equal);
  expect(stuck).toEqual([]);
  expect(stepNames(done.map(({ step }) => step))).toEqual([
    'change features/share.version',
    'change features/transaction.version',
    'create groups/sharing/plain',
  ]);
  expect(notes).toEqual([]);
  expect((await described(kafka)).java.features).toEqual(features);
  expect(await client.fetchOffsets([share])).toMatchObject([{ offsets: [{ topic: 'plain', offset: 3n }] }]);

  const back = await planToMemory(source, less, equal);
  expect(back.steps).toEqual([]);
  expect(noteNames(back.notes)).toEqual(['feature-stays transaction.version']);
  expect(await differences(source, less, equal)).toEqual([]);
});

/** But for the user without a password, the topic that has too many partitions, and the offset whose record went with its topic. */
function comparable({ java, kafkajs }: Described): object {
  return {
    java: {
      ...java,
      topics: java.topics.filter(({ name }) => name !== 'grown'),
      users: java.users.filter(([name]) => name !== 'lost'),
      groups: java.groups.filter(still),
    },
    kafkajs: {
      ...kafkajs,
      topics: kafkajs.topics.filter(({ name }) => name !== 'grown'),
      groups: kafkajs.groups.filter(still),
    },
  };
}

function still({ id }: { readonly id: string }): boolean {
  return id !== 'in what is gone';
}
