import { expect, test } from 'vitest';
import { describeKafka, fillKafka, holdMember } from '../../foreign/kafka.ts';
import { describeWithKafkajs } from '../../foreign/kafkajs.ts';
import { type KafkaVersion, startKafka, startKafkaCluster } from '../../servers/kafka.ts';
import { kafkaVersions } from '../../servers/kafka-config.ts';
import { captureToMemory } from '../../support/point-memory.ts';
import { capturedState, javaState, withDecodedUsers } from './captured-state.ts';
import { openSource, selecting } from './connections.ts';

const versions = Object.keys(kafkaVersions) as KafkaVersion[];

test.each(versions)('Kafka %s is captured as Java’s AdminClient and kafkajs see it', async (version) => {
  await using kafka = await startKafka({ version, sasl: true, authorizer: true });
  await fillKafka(kafka);
  const described = await describeKafka(kafka);
  const expected = version === '2.8' ? withDecodedUsers(described) : described;
  const source = await openSource(kafka);
  const point = await captureToMemory(source, selecting());
  const scanned = (await Array.fromAsync(source.scan(selecting()))).flat();
  await source.close();

  expect(point.missing).toEqual([]);
  expect(capturedState(point.content)).toEqual(javaState(expected));
  expect(capturedState(scanned)).toEqual(javaState(expected));
  expect(point.position).toMatchObject({ clusterId: kafka.clusterId, corrected: 0 });
  expect('metadata' in point.position).toBe(kafka.mode === 'kraft');

  const seen = await describeWithKafkajs(kafka);
  const names = point.content.filter(({ kind }) => kind === 'topic').map(({ key }) => key[1]);
  expect(names).toEqual(seen.topics.map(({ name }) => name));
  expect(capturedState(point.content).acls).toEqual(seen.acls);
});

test('where a log began and ended is recorded with the offsets in it', async () => {
  await using kafka = await startKafka();
  await fillKafka(kafka, { topics: 8, groups: 6, acls: 0, users: 0, settings: false });
  const { topics } = await describeKafka(kafka);
  const logs = new Map(topics.map(({ name, log }) => [name, log]));
  const source = await openSource(kafka);
  const point = await captureToMemory(source, selecting({ kinds: ['groups'] }));
  await source.close();
  const recorded = point.content.filter(({ kind }) => kind === 'offsets');
  expect(recorded.length).toBeGreaterThan(0);
  for (const { key, content, observed } of recorded) {
    const partitions = (content.partitions as [number, number, string][]).map(([partition]) => partition);
    const log = logs.get(key[2] ?? '');
    expect([key, observed.log]).toEqual([
      key,
      partitions.map((partition) => [partition, ...(log?.[partition] ?? [])]),
    ]);
  }
});

test.each(['4.3', '3.9'] as const)('three brokers of %s tell what each of them knows', async (version) => {
  await using kafka = await startKafkaCluster(3, { version });
  await fillKafka(kafka, { topics: 30, groups: 30 });
  const source = await openSource(kafka);
  const point = await captureToMemory(source, selecting());
  await source.close();
  expect(capturedState(point.content)).toEqual(javaState(await describeKafka(kafka)));
});

test('groups with members, of the classic and the new kind, are captured with their type', async () => {
  await using kafka = await startKafka();
  await fillKafka(kafka, { topics: 4, groups: 2, acls: 0, users: 0, settings: false });
  const topic = (await describeKafka(kafka)).topics.find(({ internal }) => !internal)?.name ?? '';
  await using _classic = await holdMember(kafka, { topic, group: 'old style' });
  await using _consumer = await holdMember(kafka, { topic, group: 'new style', protocol: 'consumer' });
  const source = await openSource(kafka);
  const point = await captureToMemory(source, selecting({ groups: ['* style'] }));
  await source.close();
  const groups = point.content.filter(({ kind }) => kind === 'group');
  expect(groups.map(({ key, content, observed }) => [key[1], content.type, observed.state])).toEqual([
    ['new style', 'consumer', 'Stable'],
    ['old style', 'classic', 'Stable'],
  ]);
});

test('a selection takes what it names and says what is not there', async () => {
  await using kafka = await startKafka();
  await fillKafka(kafka, { topics: 12, groups: 4, acls: 0, users: 0 });
  const { topics } = await describeKafka(kafka);
  const [first = '', second = ''] = topics.filter(({ internal }) => !internal).map(({ name }) => name);
  const source = await openSource(kafka);
  const point = await captureToMemory(
    source,
    selecting({ kinds: ['topics'], topics: [first, second, 'no-such-topic'], excludeTopics: [second] }),
  );
  const plain = await captureToMemory(source, selecting({ kinds: ['topics'], internal: false }));
  const inventory = await source.inventory(selecting());
  await source.close();
  expect(point.content.map(({ key }) => key)).toEqual([['topics', first]]);
  expect(point.absent.map(({ code, params }) => [code, params.name])).toEqual([
    ['not-found', 'topics/no-such-topic'],
  ]);
  expect(plain.content).toHaveLength(topics.filter(({ internal }) => !internal).length);
  expect(inventory.find(({ kind }) => kind === 'topic')?.entries).toBe(topics.length);
  expect(inventory.find(({ kind }) => kind === 'group')?.entries).toBe(4);
});
