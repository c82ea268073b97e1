import { createTopicsV5 } from '@platformatic/kafka';
import type { Cluster } from './cluster.ts';
import { isKafkaError } from './errors.ts';
import { raise } from './failure.ts';
import { request } from './request.ts';
import { isPassing } from './retry.ts';
import type { CallOptions } from './types.ts';

const VALIDATE_ONLY = true;

const createTopicsRequest = request('createTopics', createTopicsV5.api);

/**
 * See {@link KafkaClient.topicConfigNames}. A controller that is asked whether it would make a topic answers with all
 * that would hold for it (KIP-525).
 *
 * @param name what no topic is called
 */
export async function topicConfigNames(
  cluster: Cluster,
  name: string,
  { signal }: CallOptions = {},
): Promise<ReadonlySet<string> | undefined> {
  const brokerIds = cluster.known.brokers.slice(0, 1).map(({ id }) => id);
  const topic = {
    name,
    numPartitions: -1,
    replicationFactor: -1,
    assignments: [{ partitionIndex: 0, brokerIds }],
    configs: [],
  };
  try {
    const configs = await cluster.trying(signal, false, async () => {
      const asked = cluster
        .controller()
        .send(createTopicsRequest, [[topic], cluster.answerMs, VALIDATE_ONLY], { signal });
      const [answer] = (await asked).topics;
      raise(answer?.errorCode ?? -1, 'topicConfigNames', answer?.errorMessage);
      return answer?.configs ?? [];
    });
    return configs.length === 0 ? undefined : new Set(configs.map((config) => config.name));
  } catch (error) {
    if (isKafkaError(error) && !isPassing(error, false)) return undefined;
    throw error;
  }
}
