import { listOffsetsV6 } from '@platformatic/kafka';
import type { Broker } from './broker.ts';
import type { Cluster } from './cluster.ts';
import { KafkaError, type KafkaErrorCode } from './errors.ts';
import { protocolError } from './failure.ts';
import { fanOut } from './fan-out.ts';
import { request } from './request.ts';
import { byTopic } from './topic-partitions.ts';
import { describeTopics } from './topics.ts';
import type { CallOptions, TopicDescription, TopicPartition } from './types.ts';

const LISTED = 5000;
/** A partition without a leader may well stay without one for long. */
const PATIENCE_MS = 5000;
const NO_REPLICA = -1;
const READ_UNCOMMITTED = 0;
/** Timestamps that stand for the ends of the log. */
const TIMESTAMPS = { earliest: -2n, latest: -1n } as const;

const listOffsetsRequest = request('listOffsets', listOffsetsV6.api);

/** See {@link KafkaClient.listOffsets}. `known` spares the look for the leaders on the first try. */
export function listOffsets(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
  at: 'earliest' | 'latest',
  { signal, known }: CallOptions & { readonly known?: readonly TopicDescription[] | undefined } = {},
): Promise<readonly (bigint | KafkaError)[]> {
  let leaders = known;
  return fanOut<TopicPartition, bigint>(cluster, {
    items: partitions,
    chunk: LISTED,
    async route(items) {
      const names = [...new Set(items.map(({ topic }) => topic))];
      const topics = leaders ?? (await describeTopics(cluster, names, { signal }));
      leaders = undefined;
      const byName = new Map(topics.map((topic) => [topic.name, topic]));
      const links = new Map(cluster.known.brokers.map(({ id }) => [id, cluster.broker(id)]));
      return items.map((item) => leaderOf(links, byName.get(item.topic), item));
    },
    async ask(broker, asked) {
      const timestamp = TIMESTAMPS[at];
      const topics = byTopic(asked).map(({ topic, partitions: some }) => ({
        name: topic,
        partitions: some.map(({ partition }) => ({
          partitionIndex: partition,
          currentLeaderEpoch: -1,
          timestamp,
        })),
      }));
      const options = { signal, objects: asked.length };
      const reply = await broker.send(listOffsetsRequest, [NO_REPLICA, READ_UNCOMMITTED, topics], options);
      const found = new Map(
        reply.topics.map(({ name, partitions: some }) => [
          name,
          new Map(some.map((each) => [each.partitionIndex, each])),
        ]),
      );
      return asked.map(({ topic, partition }) => {
        const each = found.get(topic)?.get(partition);
        const subject = `listOffsets ${topic}-${partition}`;
        return protocolError(each?.errorCode ?? -1, { subject }) ?? each?.offset ?? -1n;
      });
    },
    patienceMs: PATIENCE_MS,
    signal,
  });
}

function leaderOf(
  brokers: ReadonlyMap<number, Broker>,
  topic: TopicDescription | undefined,
  { topic: name, partition }: TopicPartition,
): Broker | KafkaError {
  const found = topic?.partitions[partition];
  if (found === undefined) return missing('UNKNOWN_TOPIC_OR_PARTITION', `${name}-${partition}`);
  if (found.leader < 0) return missing('LEADER_NOT_AVAILABLE', `${name}-${partition}`);
  return brokers.get(found.leader) ?? missing('BROKER_NOT_AVAILABLE', `broker ${found.leader}`);
}

function missing(code: KafkaErrorCode, subject: string): KafkaError {
  return new KafkaError(code, { subject });
}
