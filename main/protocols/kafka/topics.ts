import { createPartitionsV3, createTopicsV5, deleteTopicsV5 } from '@platformatic/kafka';
import { compareUtf8 } from '../../../shared/order/key.ts';
import type { Cluster } from './cluster.ts';
import { describeTopicsRequest, type ListedTopic } from './describe-topics.ts';
import type { KafkaError } from './errors.ts';
import { protocolError } from './failure.ts';
import { fanOut, toAny, toOne, writeByController } from './fan-out.ts';
import { request } from './request.ts';
import type {
  CallOptions,
  NewPartitions,
  NewTopic,
  Outcome,
  TopicDescription,
  WriteOptions,
} from './types.ts';

const createTopicsRequest = request('createTopics', createTopicsV5.api);
const createPartitionsRequest = request('createPartitions', createPartitionsV3.api);
const deleteTopicsRequest = request('deleteTopics', deleteTopicsV5.api);

/** Topics per request. Creating is slow for the controller, and a request has to end in time. */
const DESCRIBED = 2000;
const CREATED = 50;
const DELETED = 100;

/** See {@link KafkaClient.describeTopics}. */
export async function describeTopics(
  cluster: Cluster,
  names: readonly string[] | undefined,
  { signal, broker: only }: CallOptions & { readonly broker?: number | undefined } = {},
): Promise<readonly TopicDescription[]> {
  if (names === undefined) {
    return described(await cluster.ask(describeTopicsRequest, [null], { signal }));
  }
  const found = await fanOut<string, ListedTopic | undefined>(cluster, {
    items: names,
    chunk: DESCRIBED,
    route: only === undefined ? toAny(cluster, DESCRIBED) : toOne(cluster, only),
    // Whoever asks one broker wants to know what that one says now.
    ...(only === undefined ? {} : { patienceMs: 0 }),
    async ask(broker, asked) {
      const topics = await broker.send(describeTopicsRequest, [asked], { signal, objects: asked.length });
      const byName = new Map(topics.map((topic) => [topic.name, topic]));
      return asked.map((name) => byName.get(name));
    },
    signal,
  });
  return described(found.map(thrown).filter((topic) => topic !== undefined));
}

/** Topics that are there; one that may not be seen is an error, one that is not there is none. */
function described(topics: readonly ListedTopic[]): readonly TopicDescription[] {
  return topics
    .filter((topic) => isThere(topic))
    .map(({ name, id, internal, partitions }) => ({ name, id, internal, partitions }))
    .sort((a, b) => compareUtf8(a.name, b.name));
}

function isThere({ errorCode, name, partitions }: ListedTopic): boolean {
  const error = protocolError(errorCode, { subject: `describeTopics ${name}` });
  if (error === undefined) return true;
  if (error.code === 'UNKNOWN_TOPIC_OR_PARTITION') return false;
  // A topic without leaders is there all the same.
  if (error.code === 'LEADER_NOT_AVAILABLE') return partitions.length > 0;
  throw error;
}

/** See {@link KafkaClient.createTopics}. */
export function createTopics(
  cluster: Cluster,
  topics: readonly NewTopic[],
  { signal, validateOnly = false }: WriteOptions = {},
): Promise<readonly Outcome[]> {
  return writeByController(cluster, {
    items: topics,
    chunk: CREATED,
    signal,
    async ask(broker, asked, sending) {
      const wishes = asked.map(({ name, replicas, configs }) => ({
        name,
        numPartitions: -1,
        replicationFactor: -1,
        assignments: replicas.map((ids, partitionIndex) => ({ partitionIndex, brokerIds: [...ids] })),
        configs: Object.entries(configs).map(([config, value]) => ({ name: config, value })),
      }));
      const reply = await broker.send(createTopicsRequest, [wishes, cluster.answerMs, validateOnly], sending);
      return outcomesByName(asked, reply.topics, 'createTopics');
    },
  });
}

/** See {@link KafkaClient.createPartitions}. */
export function createPartitions(
  cluster: Cluster,
  additions: readonly NewPartitions[],
  { signal, validateOnly = false }: WriteOptions = {},
): Promise<readonly Outcome[]> {
  return writeByController(cluster, {
    items: additions,
    chunk: CREATED,
    signal,
    async ask(broker, asked, sending) {
      const wishes = asked.map(({ name, total, replicas }) => ({
        name,
        count: total,
        assignments: replicas === undefined ? null : replicas.map((ids) => ({ brokerIds: [...ids] })),
      }));
      const reply = await broker.send(
        createPartitionsRequest,
        [wishes, cluster.answerMs, validateOnly],
        sending,
      );
      return outcomesByName(asked, reply.results, 'createPartitions');
    },
  });
}

/** See {@link KafkaClient.deleteTopics}. */
export function deleteTopics(
  cluster: Cluster,
  names: readonly string[],
  { signal }: CallOptions = {},
): Promise<readonly Outcome[]> {
  return writeByController(cluster, {
    items: names,
    chunk: DELETED,
    signal,
    async ask(broker, asked, sending) {
      const wishes = asked.map((name) => ({ name }));
      const reply = await broker.send(deleteTopicsRequest, [wishes, cluster.answerMs], sending);
      return outcomesByName(wishes, reply.responses, 'deleteTopics');
    },
  });
}

function outcomesByName(
  asked: readonly { readonly name: string }[],
  results: readonly {
    readonly name: string;
    readonly errorCode: number;
    readonly errorMessage?: string | null | undefined;
  }[],
  call: string,
): Outcome[] {
  const byName = new Map(results.map((result) => [result.name, result]));
  return asked.map(({ name }) => {
    const result = byName.get(name);
    const subject = `${call} ${name}`;
    return protocolError(result?.errorCode ?? -1, { subject, message: result?.errorMessage ?? undefined });
  });
}

function thrown<T>(result: T | KafkaError): T {
  if (result instanceof Error) throw result;
  return result;
}
