import type { Entry } from '../../../../shared/model/entry.ts';
import { isKafkaError, type TopicDescription } from '../../../protocols/kafka/index.ts';
import { TOPIC } from '../content.ts';
import { topicEntry } from '../entries.ts';
import { inOrder, inRuns } from '../lookahead.ts';
import type { BranchReader, Reading } from '../reading.ts';

/** Topics whose configs are asked for together: a broker makes some 6 ms of it, and several are under way. */
const RUN = 125;
const RUNS_AHEAD = 4;

/** The selected topics with their configs. */
export const readTopics: BranchReader = async function* (reading) {
  yield* topicEntries(reading, await reading.topics());
};

/** Entries of the given topics, in their order. A topic that was deleted meanwhile has none. */
export async function* topicEntries(
  reading: Reading,
  topics: readonly TopicDescription[],
): AsyncGenerator<readonly Entry[]> {
  yield* inOrder(inRuns(topics, RUN), RUNS_AHEAD, (run) => withConfigs(reading, run));
}

async function withConfigs(
  { access: { client }, signal, problem }: Reading,
  topics: readonly TopicDescription[],
): Promise<readonly Entry[]> {
  const resources = topics.map(({ name }) => ({ type: 'topic', name }) as const);
  const descriptions = await client.describeConfigs(resources, { signal });
  const entries: Entry[] = [];
  for (const [i, topic] of topics.entries()) {
    const described = descriptions[i];
    if (described === undefined || isKafkaError(described, 'UNKNOWN_TOPIC_OR_PARTITION')) continue;
    if (isKafkaError(described)) {
      problem({ branch: 'topics', kind: TOPIC, name: topic.name, error: described });
      continue;
    }
    entries.push(topicEntry(topic, described));
  }
  return entries;
}
