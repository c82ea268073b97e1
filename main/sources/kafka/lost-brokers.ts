import { KafkaError } from '../../protocols/kafka/index.ts';
import { BROKER, CONFIG } from './content.ts';
import { isDenied } from './faults.ts';
import type { Problem, Reading } from './reading.ts';

const COORDINATION_TOPIC = '__consumer_offsets';

/**
 * What no list has and no error tells: brokers that hold replicas and were not up in any of the passes. Only they tell
 * their configs.
 *
 * @throws KafkaError
 */
export async function* lostBrokers(passes: readonly Reading[]): AsyncGenerator<Problem> {
  const [last] = passes.slice(-1);
  const branches = (['brokers', 'configs'] as const).filter((branch) => last?.scope.branches.has(branch));
  if (last === undefined || branches.length === 0) return;
  const up = new Set((await Promise.all(passes.map((pass) => pass.brokers()))).flat().map(({ id }) => id));
  const lost = (await replicaHolders(last)).difference(up);
  for (const id of [...lost].sort((a, b) => a - b)) {
    const error = new KafkaError('BROKER_NOT_AVAILABLE', {
      subject: `broker ${id}`,
      message: 'it holds replicas and is down',
    });
    for (const branch of branches) {
      yield { branch, kind: branch === 'brokers' ? BROKER : CONFIG, name: `broker ${id}`, error };
    }
  }
}

async function replicaHolders(reading: Reading): Promise<ReadonlySet<number>> {
  const holders = new Set<number>();
  for (const { partitions } of await reading.allTopics()) {
    for (const { replicas } of partitions) for (const id of replicas) holders.add(id);
  }
  return holders;
}

/**
 * Partitions of the topic that groups are kept in that have no leader now: no broker lists their groups. None where
 * the account may not see that topic.
 *
 * @throws KafkaError
 */
export async function partitionsUnlisted({ access, signal }: Reading): Promise<readonly number[]> {
  try {
    const [topic] = await access.client.describeTopics([COORDINATION_TOPIC], { signal });
    return (topic?.partitions ?? []).flatMap(({ leader }, partition) => (leader < 0 ? [partition] : []));
  } catch (error) {
    if (isDenied(error)) return [];
    throw error;
  }
}
