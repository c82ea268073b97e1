import { fetchV12, produceV9 } from '@platformatic/kafka';
import type { Broker } from './broker.ts';
import type { Cluster } from './cluster.ts';
import { KafkaError } from './errors.ts';
import { raise } from './failure.ts';
import { request } from './request.ts';
import { describeTopics } from './topics.ts';
import type { CallOptions, TopicPartition, TryRecord } from './types.ts';

/*
 * One record there and back, to see that a topic works.
 */

const ALL_IN_SYNC = -1;
const WAIT_MS = 5000;
const MOST_BYTES = 1024 * 1024;
const NOTHING = new Uint8Array();

const produceRequest = request('produce', produceV9.api);
const fetchRequest = request('fetch', fetchV12.api);

/** See {@link KafkaClient.produce}. */
export async function produce(
  cluster: Cluster,
  { topic, partition }: TopicPartition,
  { key, value }: TryRecord,
  { signal }: CallOptions = {},
): Promise<bigint> {
  const record = { topic, partition, key: Buffer.from(key), value: Buffer.from(value) };
  return cluster.trying(signal, true, async () => {
    const broker = await leader(cluster, { topic, partition }, signal);
    const values: Parameters<typeof produceV9.createRequest> = [ALL_IN_SYNC, cluster.answerMs, [record], {}];
    const reply = await broker.send(produceRequest, values, { signal, write: true });
    const written = typeof reply === 'boolean' ? undefined : reply.responses[0]?.partitionResponses[0];
    raise(written?.errorCode ?? -1, `produce ${topic}-${partition}`, written?.errorMessage);
    return written?.baseOffset ?? -1n;
  });
}

/** See {@link KafkaClient.fetch}. */
export async function fetch(
  cluster: Cluster,
  { topic, partition }: TopicPartition,
  offset: bigint,
  { signal }: CallOptions = {},
): Promise<TryRecord | undefined> {
  return cluster.trying(signal, false, async () => {
    const broker = await leader(cluster, { topic, partition }, signal);
    const asked = [
      {
        topicId: topic,
        partitions: [
          {
            partition,
            currentLeaderEpoch: -1,
            fetchOffset: offset,
            lastFetchedEpoch: -1,
            partitionMaxBytes: MOST_BYTES,
          },
        ],
      },
    ];
    const values: Parameters<typeof fetchV12.createRequest> = [
      WAIT_MS,
      1,
      MOST_BYTES,
      0,
      0,
      -1,
      asked,
      [],
      '',
    ];
    const reply = await broker.send(fetchRequest, values, { signal });
    raise(reply.errorCode, `fetch ${topic}-${partition}`);
    const found = reply.responses[0]?.partitions[0];
    raise(found?.errorCode ?? -1, `fetch ${topic}-${partition}`);
    for (const batch of found?.records ?? []) {
      const record = batch.records.find(
        ({ offsetDelta }) => batch.firstOffset + BigInt(offsetDelta) === offset,
      );
      if (record !== undefined) return { key: record.key ?? NOTHING, value: record.value ?? NOTHING };
    }
    return undefined;
  });
}

async function leader(
  cluster: Cluster,
  { topic, partition }: TopicPartition,
  signal: AbortSignal | undefined,
): Promise<Broker> {
  const [found] = await describeTopics(cluster, [topic], { signal });
  const id = found?.partitions[partition]?.leader;
  const subject = `${topic}-${partition}`;
  if (id === undefined) throw new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', { subject });
  if (id < 0) throw new KafkaError('LEADER_NOT_AVAILABLE', { subject });
  return cluster.broker(id);
}
