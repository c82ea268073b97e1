import { offsetCommitV8, offsetDeleteV0, offsetFetchV7, offsetFetchV8 } from '@platformatic/kafka';
import { forEachInFlight } from '../../../shared/in-flight.ts';
import type { Broker } from './broker.ts';
import type { Cluster } from './cluster.ts';
import { KafkaError } from './errors.ts';
import { protocolError } from './failure.ts';
import { fanOut } from './fan-out.ts';
import { toCoordinator } from './groups.ts';
import { request } from './request.ts';
import { commitShareOffsets, deleteShareOffsets, fetchShareOffsets } from './share-offsets.ts';
import { byTopic } from './topic-partitions.ts';
import type {
  CallOptions,
  CommittedOffset,
  GroupListing,
  GroupOffsets,
  Outcome,
  TopicPartition,
} from './types.ts';

const FETCHED = 100;
const COMMITTED = 2000;
/** Requests for one group each, to brokers before 3.0. */
const SINGLE_IN_FLIGHT = 16;

const fetchManyRequest = request('offsetFetch', offsetFetchV8.api);
const fetchOneRequest = request('offsetFetch', offsetFetchV7.api);
const commitRequest = request('offsetCommit', offsetCommitV8.api);
const deleteRequest = request('offsetDelete', offsetDeleteV0.api);

type GroupName = Pick<GroupListing, 'id' | 'type'>;
type FetchedTopics = Awaited<ReturnType<typeof offsetFetchV8.api.async>>['groups'][number]['topics'];

/** See {@link KafkaClient.fetchOffsets}. */
export async function fetchOffsets(
  cluster: Cluster,
  groups: readonly GroupName[],
  { signal }: CallOptions = {},
): Promise<readonly (GroupOffsets | KafkaError)[]> {
  const fetched = new Array<GroupOffsets | KafkaError>(groups.length);
  for (const share of [false, true]) {
    const places = groups.flatMap(({ type }, place) => ((type === 'share') === share ? [place] : []));
    const results = await fanOut<GroupName, GroupOffsets>(cluster, {
      items: places.map((place) => groups[place]).filter((group) => group !== undefined),
      chunk: FETCHED,
      route: (items) => toCoordinator(cluster, items, signal),
      ask: (broker, asked) => (share ? fetchShareOffsets : fetchCommitted)(broker, asked, signal),
      signal,
    });
    for (const [i, place] of places.entries()) fetched[place] = results[i] as GroupOffsets | KafkaError;
  }
  return fetched;
}

async function fetchCommitted(
  broker: Broker,
  groups: readonly GroupName[],
  signal: AbortSignal | undefined,
): Promise<(GroupOffsets | KafkaError)[]> {
  if (!(await broker.knows(fetchManyRequest, signal))) return fetchOneByOne(broker, groups, signal);
  const asked = groups.map(({ id }) => ({ groupId: id, memberEpoch: -1, topics: null }));
  const reply = await broker.send(fetchManyRequest, [asked, false], { signal, objects: asked.length });
  const byId = new Map(reply.groups.map((group) => [group.groupId, group]));
  return groups.map(({ id }) => {
    const found = byId.get(id);
    return offsetsOf(id, found?.errorCode ?? -1, found?.topics ?? []);
  });
}

async function fetchOneByOne(
  broker: Broker,
  groups: readonly GroupName[],
  signal: AbortSignal | undefined,
): Promise<(GroupOffsets | KafkaError)[]> {
  const fetched = new Map<string, GroupOffsets | KafkaError>();
  await forEachInFlight(groups, SINGLE_IN_FLIGHT, async ({ id }) => {
    const asked = [{ groupId: id, memberEpoch: -1, topics: null }];
    const reply = await broker.send(fetchOneRequest, [asked, false], { signal });
    fetched.set(id, offsetsOf(id, reply.errorCode, reply.topics));
  });
  return groups.map(({ id }) => fetched.get(id) ?? new KafkaError('ProtocolError'));
}

function offsetsOf(group: string, errorCode: number, topics: FetchedTopics): GroupOffsets | KafkaError {
  const subject = `fetchOffsets ${group}`;
  const error = protocolError(errorCode, { subject });
  if (error !== undefined) return error;
  const offsets: CommittedOffset[] = [];
  for (const { name, partitions } of topics) {
    for (const { partitionIndex, committedOffset, metadata, errorCode: code } of partitions) {
      const refused = protocolError(code, { subject: `${subject} ${name}-${partitionIndex}` });
      if (refused !== undefined) return refused;
      if (committedOffset < 0n) continue;
      offsets.push({
        topic: name,
        partition: partitionIndex,
        offset: committedOffset,
        metadata: metadata ?? null,
      });
    }
  }
  return { group, offsets };
}

/** See {@link KafkaClient.commitOffsets}. Leader epochs are left out: they are those of another log. */
export function commitOffsets(
  cluster: Cluster,
  group: GroupName,
  offsets: readonly CommittedOffset[],
  { signal }: CallOptions = {},
): Promise<readonly Outcome[]> {
  return fanOut<CommittedOffset, Outcome>(cluster, {
    items: offsets,
    chunk: COMMITTED,
    route: (items) => sameCoordinator(cluster, group, items, signal),
    async ask(broker, asked) {
      if (group.type === 'share') return commitShareOffsets(broker, group.id, asked, signal);
      const topics = byTopic(asked).map(({ topic, partitions }) => ({
        name: topic,
        partitions: partitions.map(({ partition, offset, metadata }) => ({
          partitionIndex: partition,
          committedOffset: offset,
          committedLeaderEpoch: -1,
          committedMetadata: metadata,
        })),
      }));
      const options = { signal, objects: asked.length, write: true };
      const reply = await broker.send(commitRequest, [group.id, -1, '', null, topics], options);
      return outcomes(asked, reply.topics, `commitOffsets ${group.id}`);
    },
    write: true,
    signal,
  });
}

/** See {@link KafkaClient.deleteOffsets}. */
export function deleteOffsets(
  cluster: Cluster,
  group: GroupName,
  partitions: readonly TopicPartition[],
  { signal }: CallOptions = {},
): Promise<readonly Outcome[]> {
  return fanOut<TopicPartition, Outcome>(cluster, {
    items: partitions,
    chunk: COMMITTED,
    route: (items) => sameCoordinator(cluster, group, items, signal),
    async ask(broker, asked) {
      if (group.type === 'share') return deleteShareOffsets(broker, group.id, asked, signal);
      const topics = byTopic(asked).map(({ topic, partitions: some }) => ({
        name: topic,
        partitions: some.map(({ partition }) => ({ partitionIndex: partition })),
      }));
      const options = { signal, objects: asked.length, write: true };
      const reply = await broker.send(deleteRequest, [group.id, topics], options);
      const subject = `deleteOffsets ${group.id}`;
      const refused = protocolError(reply.errorCode, { subject });
      return refused === undefined ? outcomes(asked, reply.topics, subject) : asked.map(() => refused);
    },
    write: true,
    signal,
  });
}

async function sameCoordinator(
  cluster: Cluster,
  group: GroupName,
  items: readonly unknown[],
  signal: AbortSignal | undefined,
): Promise<readonly (Broker | KafkaError)[]> {
  const [broker] = await toCoordinator(cluster, [group], signal);
  return items.map(() => broker ?? new KafkaError('COORDINATOR_NOT_AVAILABLE'));
}

function outcomes(
  asked: readonly TopicPartition[],
  topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly partitionIndex: number; readonly errorCode: number }[];
  }[],
  subject: string,
): Outcome[] {
  const codes = new Map(
    topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, errorCode }) => [`${partitionIndex} ${name}`, errorCode] as const),
    ),
  );
  return asked.map(({ topic, partition }) =>
    protocolError(codes.get(`${partition} ${topic}`) ?? -1, { subject: `${subject} ${topic}-${partition}` }),
  );
}
