import { describeGroupsV5 } from '@platformatic/kafka';
import type { Broker } from './broker.ts';
import type { Cluster } from './cluster.ts';
import { describeTopicsRequest } from './describe-topics.ts';
import type { KafkaError } from './errors.ts';
import { protocolError } from './failure.ts';
import { fanOut, toAny } from './fan-out.ts';
import { request } from './request.ts';
import type { CallOptions } from './types.ts';

const describeGroupsRequest = request('describeGroups', describeGroupsV5.api);

const ASKED = 1000;
const REFUSALS = { topics: 'TOPIC_AUTHORIZATION_FAILED', groups: 'GROUP_AUTHORIZATION_FAILED' } as const;

type Listed = keyof typeof REFUSALS;

/**
 * See {@link KafkaClient.seesEverything}. An account that may describe all topics is told that a topic does not exist;
 * one that may describe some is told that it may not know.
 *
 * @param name what no topic or group is called
 */
export async function seesEverything(
  cluster: Cluster,
  name: string,
  options: CallOptions = {},
): Promise<{ readonly topics: boolean; readonly groups: boolean }> {
  const [topics, groups] = await Promise.all([
    refused(cluster, 'topics', [name], options),
    refused(cluster, 'groups', [name], options),
  ]);
  return { topics: topics.size === 0, groups: groups.size === 0 };
}

/** See {@link KafkaClient.refused}. */
export async function refused(
  cluster: Cluster,
  listed: Listed,
  names: readonly string[],
  { signal }: CallOptions = {},
): Promise<ReadonlyMap<string, KafkaError>> {
  const codesOf = listed === 'topics' ? topicCodes : groupCodes;
  const answers = await fanOut<string, KafkaError | undefined>(cluster, {
    items: names,
    chunk: ASKED,
    route: toAny(cluster, ASKED),
    async ask(broker, asked) {
      const codes = await codesOf(broker, asked, signal);
      return asked.map((name) => {
        const error = protocolError(codes.get(name) ?? 0, { subject: name });
        return error?.code === REFUSALS[listed] ? error : undefined;
      });
    },
    signal,
  });
  const refusals = new Map<string, KafkaError>();
  for (const [i, name] of names.entries()) {
    const error = answers[i];
    if (error === undefined) continue;
    if (error.code !== REFUSALS[listed]) throw error;
    refusals.set(name, error);
  }
  return refusals;
}

async function topicCodes(
  broker: Broker,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, number>> {
  const options = { signal, objects: names.length };
  const topics = await broker.send(describeTopicsRequest, [names], options);
  return new Map(topics.map(({ name, errorCode }) => [name, errorCode]));
}

/**
 * Any broker looks at the account first and only then whether the group is its own. Asking for the coordinator would
 * make the cluster create the topic for offsets where it has none yet.
 */
async function groupCodes(
  broker: Broker,
  ids: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, number>> {
  const options = { signal, objects: ids.length };
  const { groups } = await broker.send(describeGroupsRequest, [[...ids], false], options);
  return new Map(groups.map(({ groupId, errorCode }) => [groupId, errorCode]));
}
