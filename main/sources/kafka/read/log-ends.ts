import { type CommittedOffset, isKafkaError, type TopicPartition } from '../../../protocols/kafka/index.ts';
import type { LogBounds } from '../entries.ts';
import type { Reading } from '../reading.ts';

/**
 * Starts and ends of the logs that groups have offsets in. Each is asked for once, and again when an offset lies
 * beyond the end that is known: the log has grown since.
 */
export class LogEnds {
  readonly #reading: Reading;
  readonly #known = new Map<string, Map<number, LogBounds>>();

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** Undefined for a partition that is not there, or has no leader to tell. */
  of(topic: string, partition: number): LogBounds | undefined {
    return this.#known.get(topic)?.get(partition);
  }

  /** Makes the bounds known that belong to the offsets. */
  async learn(offsets: readonly CommittedOffset[]): Promise<void> {
    const topics = await this.#reading.allTopics();
    const there = new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
    const wanted = distinct(
      offsets.filter(({ topic, partition, offset }) => {
        if (partition >= (there.get(topic) ?? 0)) return false;
        const known = this.of(topic, partition);
        return known === undefined || offset > known[1];
      }),
    );
    const { access, signal } = this.#reading;
    const options = { signal, known: topics };
    const [starts, ends] = await Promise.all([
      access.client.listOffsets(wanted, 'earliest', options),
      access.client.listOffsets(wanted, 'latest', options),
    ]);
    for (const [i, { topic, partition }] of wanted.entries()) {
      const start = starts[i];
      const end = ends[i];
      if (start === undefined || end === undefined || isKafkaError(start) || isKafkaError(end)) continue;
      const partitions = this.#known.get(topic) ?? new Map<number, LogBounds>();
      this.#known.set(topic, partitions.set(partition, [start, end]));
    }
  }
}

function distinct(partitions: readonly TopicPartition[]): readonly TopicPartition[] {
  const topics = new Map<string, Set<number>>();
  for (const { topic, partition } of partitions) {
    topics.set(topic, (topics.get(topic) ?? new Set()).add(partition));
  }
  return [...topics].flatMap(([topic, numbers]) => [...numbers].map((partition) => ({ topic, partition })));
}
