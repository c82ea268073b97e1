import { describeGroupsV5 } from '@platformatic/kafka';
import { type Cluster, metadataRequest } from './cluster.ts';
import { protocolError } from './failure.ts';
import { request } from './request.ts';
import type { CallOptions } from './types.ts';

const describeGroupsRequest = request('describeGroups', describeGroupsV5.api);

/**
 * See {@link KafkaClient.seesEverything}. An account that may describe all topics is told that a topic does not exist;
 * one that may describe some is told that it may not know.
 *
 * @param name what no topic or group is called
 */
export async function seesEverything(
  cluster: Cluster,
  name: string,
  { signal }: CallOptions = {},
): Promise<{ readonly topics: boolean; readonly groups: boolean }> {
  const [topics, groups] = await Promise.all([
    seesTopics(cluster, name, signal),
    seesGroups(cluster, name, signal),
  ]);
  return { topics, groups };
}

async function seesTopics(cluster: Cluster, name: string, signal: AbortSignal | undefined): Promise<boolean> {
  const reply = await cluster.ask(metadataRequest, [[name], false, false], { signal });
  const error = protocolError(reply.topics[0]?.errorCode ?? 0);
  return error?.code !== 'TOPIC_AUTHORIZATION_FAILED';
}

/**
 * Any broker looks at the account first and only then whether the group is its own. Asking for the coordinator would
 * make the cluster create the topic for offsets where it has none yet.
 */
async function seesGroups(cluster: Cluster, name: string, signal: AbortSignal | undefined): Promise<boolean> {
  const reply = await cluster.ask(describeGroupsRequest, [[name], false], { signal });
  const error = protocolError(reply.groups[0]?.errorCode ?? 0);
  return error?.code !== 'GROUP_AUTHORIZATION_FAILED';
}
