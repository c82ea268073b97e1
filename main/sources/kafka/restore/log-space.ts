import type { Entry } from '../../../../shared/model/entry.ts';
import type { Key } from '../../../../shared/order/key.ts';
import type { PointView } from '../../contract.ts';
import { OFFSETS, offsetsContent, topicContent } from '../content.ts';
import type { LogBounds } from '../entries.ts';
import { LogEnds } from '../read/log-ends.ts';
import type { Reading } from '../reading.ts';
import type { EntryPair } from './entry-pair.ts';
import { isInternal } from './internal-topics.ts';

/** The log of a partition that is made by the same restore. */
const NEW_LOG: LogBounds = [0n, 0n];

export interface LogSpaceOptions {
  readonly reading: Reading;
  readonly view: PointView;
  readonly covers: (key: Key) => boolean;
}

/** Where offsets can be set: the logs that are there, and those that the restore is going to make. */
export class LogSpace {
  readonly #options: LogSpaceOptions;
  readonly #ends: LogEnds;
  #live: ReadonlyMap<string, number> | undefined;
  /** Partitions that topics will have; asked for when an offset is met that has no log. */
  #coming: Promise<ReadonlyMap<string, number>> | undefined;
  #comingKnown: ReadonlyMap<string, number> = new Map();

  constructor(options: LogSpaceOptions) {
    this.#options = options;
    this.#ends = new LogEnds(options.reading);
  }

  /** Makes the bounds known that the offsets of these pairs need. */
  async learn(pairs: readonly EntryPair[]): Promise<void> {
    const offsets = pairs.flatMap(({ left }) => (left === undefined ? [] : offsetsOf(left)));
    if (offsets.length === 0) return;
    const live = await this.#liveTopics();
    await this.#ends.learn(offsets);
    const unknown = offsets.some(({ topic, partition }) => partition >= (live.get(topic) ?? 0));
    if (!unknown) return;
    this.#coming ??= this.#comingTopics();
    this.#comingKnown = await this.#coming;
  }

  /** Undefined for a partition that is not there and will not be, and for one without a leader to tell. */
  bounds(topic: string, partition: number): LogBounds | undefined {
    if (partition < (this.#live?.get(topic) ?? 0)) return this.#ends.of(topic, partition);
    return partition < (this.#comingKnown.get(topic) ?? 0) ? NEW_LOG : undefined;
  }

  async #liveTopics(): Promise<ReadonlyMap<string, number>> {
    const topics = await this.#options.reading.allTopics();
    this.#live ??= new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
    return this.#live;
  }

  async #comingTopics(): Promise<ReadonlyMap<string, number>> {
    const { view, covers, reading } = this.#options;
    const coming = new Map<string, number>();
    for await (const batch of view.entries(['topics'], reading.signal)) {
      for (const entry of batch) {
        if (!covers(entry.key) || isInternal(entry)) continue;
        coming.set(entry.key[1] ?? '', topicContent(entry).partitions);
      }
    }
    return coming;
  }
}

function offsetsOf(entry: Entry) {
  if (entry.kind !== OFFSETS) return [];
  const topic = entry.key[2] ?? '';
  return offsetsContent(entry).partitions.map(([partition, offset, metadata]) => ({
    topic,
    partition,
    offset,
    metadata,
  }));
}
