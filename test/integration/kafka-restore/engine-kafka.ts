import {
  isKafkaError,
  type KafkaClient,
  type QuotaDescription,
} from '../../../main/protocols/kafka/index.ts';
import { fillKafka, type KafkaTarget } from '../../foreign/kafka.ts';
import { until } from '../../servers/condition.ts';
import { accepted, type Described, described, openClient, withEmptyLogs } from './bench.ts';

/** Everything but SCRAM users, whose passwords nobody tells. */
export async function plantKafka(target: KafkaTarget): Promise<void> {
  await fillKafka(target, { topics: 40, partitions: 3, records: 3, groups: 20, acls: 20, users: 0 });
}

/**
 * What may go wrong in a cluster: topics deleted, altered and added, offsets moved, groups deleted, rules dropped and
 * added, quotas changed. Resolves when the brokers have forgotten what goes with deleted topics.
 */
export async function breakKafka(target: KafkaTarget): Promise<void> {
  const client = await openClient(target);
  try {
    const names = (await client.describeTopics()).filter(({ internal }) => !internal).map(({ name }) => name);
    const deleted = names.filter((_, i) => i % 4 === 0);
    await breakGroups(client);
    await insist(deleted, (topics) => client.deleteTopics(topics));
    await breakTopics(
      client,
      names.filter((_, i) => i % 4 === 1),
    );
    await breakRules(client);
    await accepted(client.alterQuotas((await client.describeQuotas()).filter(isOdd).map(halved)));
    await until('the brokers to forget the topics', () => areForgotten(client, deleted));
  } finally {
    await client.close();
  }
}

/** The state has quotas on such changes too: those that one holds back are made a little later. */
async function insist<T>(
  items: readonly T[],
  change: (items: readonly T[]) => Promise<readonly (Error | undefined)[]>,
): Promise<void> {
  let left = items;
  await until('the quotas to allow the change', async () => {
    const outcomes = await change(left);
    const held = left.filter((_, i) => isKafkaError(outcomes[i], 'THROTTLING_QUOTA_EXCEEDED'));
    await accepted(
      Promise.resolve(outcomes.filter((each) => !isKafkaError(each, 'THROTTLING_QUOTA_EXCEEDED'))),
    );
    left = held;
    return left.length === 0 || undefined;
  });
}

/** What a try leaves that is killed before it has deleted its topic. */
export async function leaveTry(target: KafkaTarget): Promise<void> {
  const client = await openClient(target);
  try {
    const topic = { name: `holdfast-try-${'0'.repeat(16)}`, replicas: [[1]], configs: {} };
    await insist([topic], (topics) => client.createTopics(topics));
  } finally {
    await client.close();
  }
}

async function breakTopics(client: KafkaClient, names: readonly string[]): Promise<void> {
  const values = { 'retention.ms': '86400001', 'cleanup.policy': null };
  const extra = { name: 'extra', replicas: [[1], [1]], configs: { 'segment.bytes': '1048577' } };
  await accepted(
    client.incrementalAlterConfigs(names.map((name) => ({ resource: { type: 'topic', name }, values }))),
  );
  await insist([extra], (topics) => client.createTopics(topics));
}

async function breakGroups(client: KafkaClient): Promise<void> {
  const groups = await client.listGroups();
  await accepted(client.deleteGroups(groups.filter((_, i) => i % 3 === 0).map(({ id }) => id)));
  const moved = groups.filter((_, i) => i % 3 === 1);
  for (const [i, found] of (await client.fetchOffsets(moved)).entries()) {
    if (found instanceof Error) throw found;
    const offsets = found.offsets.map((each) => ({ ...each, offset: each.offset + 1n, metadata: 'moved' }));
    const [group] = moved.slice(i);
    if (group !== undefined) await accepted(client.commitOffsets(group, offsets));
  }
}

async function breakRules(client: KafkaClient): Promise<void> {
  const acls = await client.describeAcls();
  await accepted(client.deleteAcls(acls.filter(isOdd)));
  const [first] = acls;
  if (first !== undefined) await accepted(client.createAcls([{ ...first, principal: 'User:intruder' }]));
}

function isOdd(_: unknown, index: number): boolean {
  return index % 2 === 1;
}

function halved({ entity, values }: QuotaDescription) {
  const halves = Object.entries(values).map(([name, value]) => [name, Math.ceil(value / 2)] as const);
  return { entity, values: Object.fromEntries(halves) };
}

async function areForgotten(client: KafkaClient, topics: readonly string[]): Promise<true | undefined> {
  if ((await client.describeTopics(topics)).length > 0) return undefined;
  const groups = await client.fetchOffsets(await client.listGroups());
  const kept = groups.some(
    (group) => !(group instanceof Error) && group.offsets.some(({ topic }) => topics.includes(topic)),
  );
  return kept ? undefined : true;
}

/**
 * The cluster as foreign clients tell it; offsets only as far as records play no part, which no restore brings back, and
 * groups without what their members decide.
 */
export async function seeKafka(target: KafkaTarget): Promise<Described> {
  const { java, kafkajs } = withEmptyLogs(await described(target));
  return {
    java: { ...java, groups: java.groups.map((group) => ({ ...group, protocolType: '' })) },
    kafkajs: { ...kafkajs, groups: kafkajs.groups.map((group) => ({ ...group, protocolType: '' })) },
  };
}
