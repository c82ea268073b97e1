import { expect, test } from 'vitest';
import { type AclBinding, connect, type KafkaClient } from '../../../main/protocols/kafka/index.ts';
import type { Line } from '../../../shared/model/entry.ts';
import { describeKafka } from '../../foreign/kafka.ts';
import { startKafka } from '../../servers/kafka.ts';
import { MemoryCapture } from '../../support/point-memory.ts';
import { capturedState, javaState } from './captured-state.ts';
import { openSource, selecting } from './connections.ts';

const topics = 200;
const oneReplica = [[1]];

/** Takes a capture, and does something once when so many entries are there. */
class DisturbedCapture extends MemoryCapture {
  #left: number;
  readonly #disturb: () => Promise<void>;

  constructor(after: number, disturb: () => Promise<void>) {
    super();
    this.#left = after;
    this.#disturb = disturb;
  }

  override put(line: Line, generation = 0): void | Promise<void> {
    super.put(line, generation);
    return --this.#left === 0 ? this.#disturb() : undefined;
  }
}

function topicName(i: number): string {
  return `topic-${String(i).padStart(5, '0')}`;
}

async function fill(client: KafkaClient): Promise<void> {
  const made = Array.from({ length: topics }, (_, i) => ({
    name: topicName(i),
    replicas: oneReplica,
    configs: { 'retention.ms': `${1_000_000 + i}` },
  }));
  expect((await client.createTopics(made)).filter((outcome) => outcome !== undefined)).toEqual([]);
  for (const group of ['gone', 'stays']) await commit(client, group);
}

/** Brokers learn of a topic a little after it was made. */
async function commit(client: KafkaClient, id: string): Promise<void> {
  const offsets = [{ topic: topicName(0), partition: 0, offset: 0n, metadata: id }];
  await expect
    .poll(() => client.commitOffsets({ id, type: 'classic' }, offsets), { timeout: 30_000 })
    .toEqual([undefined]);
}

test('what changes while a capture runs is corrected: topics made, dropped, made anew and grown, groups, ACLs', async () => {
  await using kafka = await startKafka({ authorizer: true });
  const [host = '', port] = kafka.bootstrap.plain.split(':');
  const client = await connect({ bootstrap: [{ host, port: Number(port) }] });
  await fill(client);
  const acl: AclBinding = {
    resourceType: 'TOPIC',
    patternType: 'LITERAL',
    resourceName: 'x',
    principal: 'User:someone',
    host: '*',
    operation: 'READ',
    permission: 'ALLOW',
  };
  const disturb = async () => {
    const outcomes = [
      ...(await client.deleteTopics([topicName(3), topicName(4), topicName(topics - 1)])),
      ...(await client.createPartitions([{ name: topicName(5), total: 4 }])),
      ...(await client.createAcls([acl])),
      ...(await client.deleteGroups(['gone'])),
      ...(await client.alterQuotas([{ entity: { user: null }, values: { consumer_byte_rate: 1000 } }])),
    ];
    expect(outcomes.filter((outcome) => outcome !== undefined)).toEqual([]);
    const made = [topicName(4), 'a-new-one'].map((name) => ({ name, replicas: oneReplica, configs: {} }));
    await expect
      .poll(() => client.createTopics(made), { timeout: 30_000 })
      .toEqual([expect.toSatisfy(isThere), expect.toSatisfy(isThere)]);
    await commit(client, 'new');
    await expect
      .poll(async () => (await client.describeTopics([topicName(5)]))[0]?.partitions.length, {
        timeout: 30_000,
      })
      .toBe(4);
  };
  const source = await openSource(kafka);
  // Groups are being written then, topics not yet: they were read ahead.
  const output = new DisturbedCapture(20, disturb);
  const selection = selecting();
  const point = output.finish(selection, await source.capture(selection, output));
  await source.close();
  await client.close();

  expect(point.missing).toEqual([]);
  expect(point.position.corrected).toBeGreaterThan(0);
  expect(output.generations).toHaveLength(2);
  expect(capturedState(point.content)).toEqual(javaState(await describeKafka(kafka)));
});

function isThere(outcome: unknown): boolean {
  return outcome === undefined || (outcome as { code?: string }).code === 'TOPIC_ALREADY_EXISTS';
}
