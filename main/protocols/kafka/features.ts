import {
  apiVersionsV3,
  apiVersionsV4,
  describeQuorumV0,
  updateFeaturesV0,
  updateFeaturesV1,
} from '@platformatic/kafka';
import type { Cluster } from './cluster.ts';
import { isKafkaError } from './errors.ts';
import { protocolError, raise } from './failure.ts';
import { writeByController } from './fan-out.ts';
import { request } from './request.ts';
import type {
  CallOptions,
  FeaturesDescription,
  FeatureUpdate,
  Outcome,
  QuorumDescription,
  WriteOptions,
} from './types.ts';

const METADATA_TOPIC = '__cluster_metadata';
const UPGRADES = { upgrade: 1, 'safe-downgrade': 2, 'unsafe-downgrade': 3 } as const;

/** Version 3 leaves out supported features that can be at level 0: older clients could not read that. */
const versionsRequest = request('describeFeatures', apiVersionsV4.api, apiVersionsV3.api);
const quorumRequest = request('describeQuorum', describeQuorumV0.api);
const updateRequest = request('updateFeatures', updateFeaturesV1.api, updateFeaturesV0.api);

/** See {@link KafkaClient.describeFeatures}. */
export async function describeFeatures(
  cluster: Cluster,
  { signal }: CallOptions = {},
): Promise<FeaturesDescription> {
  const reply = await cluster.ask(versionsRequest, ['holdfast', '1'], { signal });
  return {
    epoch: reply.finalizedFeaturesEpoch ?? -1n,
    finalized: (reply.finalizedFeatures ?? []).map(({ name, maxVersionLevel }) => ({
      name,
      level: maxVersionLevel,
    })),
    supported: (reply.supportedFeatures ?? []).map(({ name, minVersion, maxVersion }) => ({
      name,
      min: minVersion,
      max: maxVersion,
    })),
  };
}

/** See {@link KafkaClient.describeQuorum}. Brokers in ZooKeeper mode know the request but have no quorum. */
export async function describeQuorum(
  cluster: Cluster,
  { signal }: CallOptions = {},
): Promise<QuorumDescription | undefined> {
  try {
    const asked = [{ topicName: METADATA_TOPIC, partitions: [{ partitionIndex: 0 }] }];
    const reply = await cluster.ask(quorumRequest, [asked], {
      signal,
      accept: ({ errorCode, errorMessage, topics }) => {
        raise(errorCode, 'describeQuorum', errorMessage);
        const told = topics[0]?.partitions[0];
        raise(told?.errorCode ?? 0, 'describeQuorum', told?.errorMessage);
      },
    });
    const partition = reply.topics[0]?.partitions[0];
    if (partition === undefined) return undefined;
    const { leaderId, leaderEpoch, highWatermark } = partition;
    return { leaderId, leaderEpoch, highWatermark };
  } catch (error) {
    if (isKafkaError(error, 'Unsupported', 'UNSUPPORTED_VERSION', 'UNKNOWN_TOPIC_OR_PARTITION'))
      return undefined;
    throw error;
  }
}

/** See {@link KafkaClient.updateFeatures}. */
export function updateFeatures(
  cluster: Cluster,
  updates: readonly FeatureUpdate[],
  { signal, validateOnly = false }: WriteOptions = {},
): Promise<readonly Outcome[]> {
  return writeByController(cluster, {
    items: updates,
    chunk: Math.max(1, updates.length),
    signal,
    async ask(broker, asked, sending) {
      const wishes = asked.map(({ name, level, allow }) => ({
        feature: name,
        maxVersionLevel: level,
        upgradeType: UPGRADES[allow],
      }));
      const reply = await broker.send(updateRequest, [cluster.answerMs, wishes, validateOnly], sending);
      raise(reply.errorCode, 'updateFeatures', reply.errorMessage);
      const results = new Map(reply.results.map((result) => [result.feature, result]));
      return asked.map(({ name }) => {
        const result = results.get(name);
        // From version 2 on a request is accepted or refused as a whole and names no feature.
        const message = result?.errorMessage ?? undefined;
        return protocolError(result?.errorCode ?? 0, { subject: `updateFeatures ${name}`, message });
      });
    },
  });
}
