import kafkajs, { type Admin } from 'kafkajs';
import type { JavaTopic, KafkaState, KafkaTarget } from './kafka.ts';

const {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  ConfigResourceTypes,
  ConfigSource,
  Kafka,
  logLevel,
  ResourcePatternTypes,
} = kafkajs;

/** What kafkajs can tell of a cluster, in the shape of `KafkaState`; offsets are within 2^53. */
export interface SeenKafka {
  readonly brokers: readonly { readonly id: number; readonly host: string; readonly port: number }[];
  readonly topics: readonly Omit<JavaTopic, 'id'>[];
  readonly groups: readonly Pick<KafkaState['groups'][number], 'id' | 'protocolType' | 'offsets'>[];
  readonly acls: KafkaState['acls'];
}

/** Kafka's error code for a cluster without an authorizer. */
const securityDisabled = 54;

/** The cluster as kafkajs sees it over the plain listener: topics, groups, ACLs, without quotas and users. */
export async function describeWithKafkajs(target: KafkaTarget): Promise<SeenKafka> {
  const kafka = new Kafka({
    brokers: target.bootstrap.plain.split(','),
    clientId: 'checker',
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();
  await admin.connect();
  try {
    const { brokers } = await admin.describeCluster();
    return {
      brokers: brokers
        .map(({ nodeId, host, port }) => ({ id: nodeId, host, port }))
        .sort((one, other) => one.id - other.id),
      topics: await topics(admin),
      groups: await groups(admin),
      acls: await acls(admin),
    };
  } finally {
    await admin.disconnect();
  }
}

/** Makes topics of one partition, all in one request. */
export async function createTopics(target: KafkaTarget, names: readonly string[]): Promise<void> {
  const brokers = target.bootstrap.plain.split(',');
  const admin = new Kafka({ brokers, clientId: 'maker', logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    await admin.createTopics({
      timeout: 120_000,
      topics: names.map((topic) => ({ topic, numPartitions: 1, replicationFactor: 1 })),
    });
  } finally {
    await admin.disconnect();
  }
}

async function topics(admin: Admin): Promise<SeenKafka['topics']> {
  const { topics: found } = await admin.fetchTopicMetadata();
  const names = found.map(({ name }) => name).sort(byBytes);
  if (names.length === 0) return [];
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({ type: ConfigResourceTypes.TOPIC, name })),
  });
  const configs = new Map(
    resources.map(({ resourceName, configEntries }) => {
      const set = configEntries.filter(
        (entry) => (entry.configSource as unknown) === ConfigSource.TOPIC_CONFIG,
      );
      return [
        resourceName,
        Object.fromEntries(set.map(({ configName, configValue }) => [configName, configValue])),
      ];
    }),
  );
  const partitions = new Map(found.map((topic) => [topic.name, topic.partitions]));
  const seen: Omit<JavaTopic, 'id'>[] = [];
  for (const name of names) {
    const log = await admin.fetchTopicOffsets(name);
    seen.push({
      name,
      internal: name.startsWith('__'),
      replicas: (partitions.get(name) ?? [])
        .toSorted((one, other) => one.partitionId - other.partitionId)
        .map(({ replicas }) => replicas),
      configs: configs.get(name) ?? {},
      log: log
        .toSorted((one, other) => one.partition - other.partition)
        .map(({ low, high }) => [Number(low), Number(high)]),
    });
  }
  return seen;
}

async function groups(admin: Admin): Promise<SeenKafka['groups']> {
  const { groups: found } = await admin.listGroups();
  const seen = found.map(async ({ groupId, protocolType }) => {
    const offsets = (await admin.fetchOffsets({ groupId })).map(({ topic, partitions }) => {
      const rows = partitions
        .toSorted((one, other) => one.partition - other.partition)
        .map(({ partition, offset, metadata }) => [partition, Number(offset), metadata ?? ''] as const);
      return [topic, rows] as const;
    });
    return { id: groupId, protocolType, offsets: Object.fromEntries(offsets) };
  });
  return (await Promise.all(seen)).sort((one, other) => byBytes(one.id, other.id));
}

async function acls(admin: Admin): Promise<SeenKafka['acls']> {
  const all = {
    resourceType: AclResourceTypes.ANY,
    resourcePatternType: ResourcePatternTypes.ANY,
    operation: AclOperationTypes.ANY,
    permissionType: AclPermissionTypes.ANY,
  };
  try {
    const { resources } = await admin.describeAcls(all);
    const rows = resources.flatMap(({ resourceType, resourcePatternType, resourceName, acls: entries }) =>
      entries.map(({ principal, host, operation, permissionType }) => [
        nameOf(AclResourceTypes, resourceType),
        nameOf(ResourcePatternTypes, resourcePatternType),
        resourceName,
        principal,
        host,
        nameOf(AclOperationTypes, operation),
        nameOf(AclPermissionTypes, permissionType),
      ]),
    );
    return rows.sort((one, other) => byBytes(one.join('\0'), other.join('\0')));
  } catch (error) {
    if ((error as { code?: unknown }).code === securityDisabled) return null;
    throw error;
  }
}

/** The name of a value of one of kafkajs's enumerations, which at run time are plain objects. */
function nameOf(names: object, value: number): string {
  return Object.entries(names).find(([, number]) => number === value)?.[0] ?? String(value);
}

/** The order in which Java sorts text that has no characters beyond the first 65,536. */
function byBytes(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
