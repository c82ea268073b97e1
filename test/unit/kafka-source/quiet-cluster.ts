import type { KafkaClient, TopicDescription } from '../../../main/protocols/kafka/index.ts';
import type { KafkaAccess } from '../../../main/sources/kafka/access.ts';
import { capture } from '../../../main/sources/kafka/capture.ts';
import { kafkaOptions } from '../../../main/sources/kafka/options.ts';
import { type KafkaSelection, kafkaSelection } from '../../../main/sources/kafka/selection.ts';
import { MemoryCapture, type MemoryPoint } from '../../support/point-memory.ts';

const untold = (): never => {
  throw new Error('nobody should ask this');
};

/** A cluster of brokers 1 and 2 that holds nothing, but for what is given; it cannot be written to. */
export function quietCluster(told: Partial<KafkaClient> = {}): KafkaClient {
  return {
    describeCluster: async () => ({ clusterId: 'quiet', controllerId: 1, brokers: [1, 2].map(broker) }),
    release: async () => '4.3',
    clusterOperations: async () => undefined,
    describeFeatures: async () => ({ epoch: 1n, finalized: [], supported: [] }),
    describeQuorum: async () => ({ leaderId: 1, leaderEpoch: 1, highWatermark: 7n }),
    seesEverything: async () => ({ topics: true, groups: true }),
    refused: async () => new Map(),
    describeTopics: async () => [],
    topicConfigNames: async () => undefined,
    describeConfigs: async (resources) => resources.map((resource) => ({ resource, values: [] })),
    listConfigResources: async () => [],
    listGroups: async () => [],
    describeGroups: async () => [],
    fetchOffsets: async (groups) => groups.map(({ id }) => ({ group: id, offsets: [] })),
    listOffsets: async (partitions) => partitions.map(() => 0n),
    describeAcls: async () => [],
    describeScram: async () => ({ credentials: [], untold: new Map() }),
    describeQuotas: async () => [],
    updateFeatures: untold,
    createTopics: untold,
    createPartitions: untold,
    deleteTopics: untold,
    incrementalAlterConfigs: untold,
    deleteGroups: untold,
    commitOffsets: untold,
    deleteOffsets: untold,
    createAcls: untold,
    deleteAcls: untold,
    alterScram: untold,
    alterQuotas: untold,
    produce: untold,
    fetch: untold,
    close: async () => {},
    ...told,
  };
}

export function broker(id: number) {
  return { id, host: `kafka${id}`, port: 9092, rack: null };
}

/** A topic whose partitions have these replicas, the first of which leads; none leads a partition of -1. */
export function topicOf(name: string, replicas: readonly (readonly number[])[]): TopicDescription {
  const partitions = replicas.map((ids) => ({ leader: ids[0] ?? -1, replicas: ids }));
  return { name, id: null, internal: name.startsWith('__'), partitions };
}

export function accessTo(client: KafkaClient, verifiers?: KafkaAccess['verifiers']): KafkaAccess {
  const options = kafkaOptions.parse({ bootstrapServers: 'kafka1' });
  return { client, verifiers, options, now: () => new Date(0), random: () => 0.5 };
}

/** What a capture of the cluster makes of it. */
export async function captured(
  access: KafkaAccess,
  selection: Partial<KafkaSelection> = {},
): Promise<MemoryPoint> {
  const output = new MemoryCapture();
  const whole = kafkaSelection.parse(selection);
  return output.finish(whole, await capture({ access, selection: whole, output }));
}

/** Answers in turn; the last one again and again. */
export function inTurn<T>(...answers: readonly (() => T)[]): () => Promise<T> {
  let asked = 0;
  return async () => {
    const answer = answers[Math.min(asked++, answers.length - 1)];
    if (answer === undefined) throw new Error('no answers are given');
    return answer();
  };
}
