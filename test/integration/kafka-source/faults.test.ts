import { expect, test } from 'vitest';
import { connect, type KafkaClient } from '../../../main/protocols/kafka/index.ts';
import type { SourceConnection } from '../../../main/sources/contract.ts';
import type { Branch } from '../../../main/sources/kafka/keys.ts';
import { reportError } from '../../../shared/errors/error.ts';
import type { Line } from '../../../shared/model/entry.ts';
import { describeKafka, fillKafka } from '../../foreign/kafka.ts';
import { until } from '../../servers/condition.ts';
import { type KafkaCluster, startKafka, startKafkaCluster } from '../../servers/kafka.ts';
import { reservePort } from '../../servers/ports.ts';
import { startProxy } from '../../servers/proxy.ts';
import { captureToMemory, MemoryCapture } from '../../support/point-memory.ts';
import { capturedState, javaState } from './captured-state.ts';
import { openSource, selecting } from './connections.ts';

async function failure(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: unknown) => reportError(error).code,
  );
}

class InterruptedCapture extends MemoryCapture {
  #left: number;
  readonly #interrupt: () => Promise<void>;

  constructor(after: number, interrupt: () => Promise<void>) {
    super();
    this.#left = after;
    this.#interrupt = interrupt;
  }

  override put(line: Line, generation = 0): void | Promise<void> {
    super.put(line, generation);
    return --this.#left === 0 ? this.#interrupt() : undefined;
  }
}

test('a controller that dies during a capture costs time, not content', async () => {
  await using kafka = await startKafkaCluster(3);
  await fillKafka(kafka, { topics: 30, groups: 30, records: 0 });
  const expected = javaState(await describeKafka(kafka));
  const source = await openSource(kafka);
  const controller = await kafka.controllerId();
  const output = new InterruptedCapture(5, () => kafka.node(controller).kill());
  const selection = selecting({ kinds: ['acls', 'groups', 'quotas', 'topics', 'users', 'brokers'] });
  const point = output.finish(selection, await source.capture(selection, output));
  await source.close();
  const { topics, quotas, users, groups } = capturedState(point.content);
  expect(point.missing).toEqual([]);
  expect(topics).toEqual(expected.topics);
  expect([quotas, users]).toEqual([expected.quotas, expected.users]);
  expect(Object.keys(groups)).toEqual(Object.keys(expected.groups));
});

test('what only a broker that is down could tell is named, and the rest is captured', async () => {
  await using kafka = await startKafkaCluster(3, { properties: { 'offsets.topic.replication.factor': '1' } });
  const client = await openClient(kafka);
  await plant(client);
  await kafka.node(3).kill();
  await kafka.settled();
  const left = await until('the coordinators of broker 3 to be missed', async () => {
    const ids = (await client.listGroups()).map(({ id }) => id);
    const [topic] = await client.describeTopics(['__consumer_offsets']);
    return topic?.partitions.some(({ leader }) => leader < 0) ? ids : undefined;
  });
  const source = await openSource(kafka);
  const kinds: Branch[] = ['brokers', 'configs', 'groups', 'topics'];
  const point = await captureToMemory(source, selecting({ kinds }));
  await Promise.all([client.close(), source.close()]);

  expect(left.length).toBeLessThan(GROUPS);
  const { brokers, configs, groups, topics } = capturedState(point.content);
  expect(
    point.missing.map(({ kind, code, params }) => [kind, code, params.name ?? params.partitions]),
  ).toEqual([
    ['broker', 'unreadable', 'broker 3'],
    ['config', 'unreadable', 'broker 3'],
    ['group', 'unlisted', expect.stringMatching(/^\d+(, \d+)*$/)],
  ]);
  expect(brokers).toMatchObject([{ id: 1 }, { id: 2 }]);
  expect(configs).toMatchObject({ 'broker 1': CONFIG });
  expect(Object.keys(groups)).toEqual(left);
  expect(topics.map((topic) => (topic as { readonly name: string }).name)).toContain('on-all');
});

const GROUPS = 30;
const CONFIG = { 'log.cleaner.threads': '2' };

async function openClient(kafka: KafkaCluster): Promise<KafkaClient> {
  const bootstrap = kafka.nodes.map(({ port }) => ({ host: '127.0.0.1', port }));
  return connect({ bootstrap });
}

/** A topic on every broker, a config of each broker's own, and more groups than there are coordinators. */
async function plant(client: KafkaClient): Promise<void> {
  const replicas = [[1], [2], [3]];
  const outcomes = [
    ...(await client.createTopics([{ name: 'on-all', replicas, configs: {} }])),
    ...(await client.incrementalAlterConfigs(
      ['1', '2', '3'].map((name) => ({ resource: { type: 'broker', name }, values: CONFIG })),
    )),
  ];
  expect(outcomes.filter((outcome) => outcome !== undefined)).toEqual([]);
  const offsets = [{ topic: 'on-all', partition: 0, offset: 0n, metadata: '' }];
  for (let i = 0; i < GROUPS; i++) {
    const group = { id: `group-${i}`, type: 'classic' };
    await expect.poll(() => client.commitOffsets(group, offsets), { timeout: 30_000 }).toEqual([undefined]);
  }
}

test('nobody there, and a peer that says nothing, are told in time', async () => {
  const { port } = await reservePort();
  const nobody = { bootstrap: { plain: `127.0.0.1:${port}` } };
  expect(await failure(openSource(nobody, { connectTimeout: 2 }))).toBe('source.unreachable');
  await using kafka = await startKafka();
  await using proxy = await startProxy({
    host: '127.0.0.1',
    port: Number(kafka.bootstrap.plain.split(':')[1]),
  });
  proxy.stall();
  const silent = { bootstrap: { plain: proxy.connectString } };
  expect(await failure(openSource(silent, { connectTimeout: 1, requestTimeout: 1 }))).toBe(
    'source.unreachable',
  );
});

test('brokers that stop answering end a call within its limits, and an abort ends it at once', async () => {
  await using kafka = await startKafka();
  await fillKafka(kafka, { topics: 4, groups: 2, records: 0 });
  const source = await openSource(kafka, { requestTimeout: 2, connectTimeout: 2, patience: 3 });
  kafka.pause();
  try {
    expect(await failure(captureToMemory(source, selecting()))).toBe('source.unreachable');
    const abort = new AbortController();
    const aborted = captureToMemory(source, selecting(), abort.signal);
    abort.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
  } finally {
    kafka.resume();
  }
  const point = await until('the brokers to be back', () => again(source));
  await source.close();
  expect(capturedState(point.content)).toEqual(javaState(await describeKafka(kafka)));
});

function again(source: SourceConnection) {
  return captureToMemory(source, selecting()).catch(() => undefined);
}

test('a capture within tight load limits is complete', async () => {
  await using kafka = await startKafka();
  await fillKafka(kafka, { topics: 40, groups: 10, records: 0 });
  const source = await openSource(kafka, {}, { requestsInFlight: 1, objectsPerSecond: 200 });
  const point = await captureToMemory(source, selecting());
  await source.close();
  expect(capturedState(point.content)).toEqual(javaState(await describeKafka(kafka)));
});
