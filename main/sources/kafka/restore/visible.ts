import { setTimeout as delay } from 'node:timers/promises';
import type { KafkaClient, TopicDescription } from '../../../protocols/kafka/index.ts';
import { isKafkaError } from '../../../protocols/kafka/index.ts';
import type { Course } from './course.ts';

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;

/** Asks again and again, with growing pauses, until the answer is yes or the time is over. */
export async function until(
  limitMs: number,
  signal: AbortSignal | undefined,
  condition: () => Promise<boolean>,
): Promise<boolean> {
  const end = performance.now() + limitMs;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    if (await condition()) return true;
    if (performance.now() + pause > end) return false;
    await delay(pause, undefined, signal === undefined ? {} : { signal });
  }
}

/** How a topic shall be shown. */
export interface Expected {
  /** 0: not at all. */
  readonly partitions: number;
  /** From this one on each has a leader. */
  readonly ledFrom: number;
}

/**
 * Waits until every broker that is up shows the topics as expected. Names of those that some broker does not show so
 * in the end.
 */
export async function awaitTopics(
  topics: ReadonlyMap<string, Expected>,
  { access, signal }: Pick<Course, 'access' | 'signal'>,
): Promise<ReadonlySet<string>> {
  const { client, options } = access;
  let open = new Set(topics.keys());
  await until(options.patience * 1000, signal, async () => {
    const { brokers } = await client.describeCluster({ signal });
    const lacking = await Promise.all(brokers.map(({ id }) => notShownBy(client, id, open, topics, signal)));
    open = new Set(lacking.flat());
    return open.size === 0;
  });
  return open;
}

async function notShownBy(
  client: KafkaClient,
  broker: number,
  names: ReadonlySet<string>,
  topics: ReadonlyMap<string, Expected>,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const shown = await shownBy(client, broker, names, signal);
  // One that has gone since will not be asked again.
  if (shown === undefined) return [];
  return [...names].filter((name) => !isAsExpected(shown.get(name), topics.get(name)));
}

async function shownBy(
  client: KafkaClient,
  broker: number,
  names: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, TopicDescription> | undefined> {
  try {
    const topics = await client.describeTopics([...names], { signal, broker });
    return new Map(topics.map((topic) => [topic.name, topic]));
  } catch (error) {
    if (isKafkaError(error, 'BROKER_NOT_AVAILABLE', 'Unreachable', 'TimedOut')) return undefined;
    throw error;
  }
}

function isAsExpected(topic: TopicDescription | undefined, expected: Expected | undefined): boolean {
  if (topic === undefined || expected === undefined) return expected?.partitions === 0;
  const { partitions, ledFrom } = expected;
  if (partitions === 0 || topic.partitions.length < partitions) return false;
  return topic.partitions.slice(ledFrom).every(({ leader }) => leader >= 0);
}
