import { describeClusterV0 } from '@platformatic/kafka';
import type { Cluster } from './cluster.ts';
import { raise } from './failure.ts';
import { request } from './request.ts';
import type { CallOptions } from './types.ts';
import { aclOperations } from './words.ts';

const describeClusterRequest = request('describeCluster', describeClusterV0.api);

/** `DescribeClusterRequest.EndpointType`; brokers before 3.7 do not know it. */
const BROKERS = 1;
/** What a broker answers that was not asked, or does not know. */
const NOT_TOLD = -(2 ** 31);
const BITS = 31;

/** See {@link KafkaClient.clusterOperations}. Bit n stands for the operation of number n. */
export async function clusterOperations(
  cluster: Cluster,
  { signal }: CallOptions = {},
): Promise<readonly string[] | undefined> {
  const reply = await cluster.ask(describeClusterRequest, [true, BROKERS], {
    signal,
    accept: ({ errorCode, errorMessage }) => raise(errorCode, 'describeCluster', errorMessage),
  });
  const bits = reply.clusterAuthorizedOperations;
  if (bits === NOT_TOLD) return undefined;
  const numbers = Array.from({ length: BITS }, (_, number) => number);
  return numbers.filter((number) => (bits & (1 << number)) !== 0).map((number) => aclOperations.word(number));
}
