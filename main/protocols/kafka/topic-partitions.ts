import type { TopicPartition } from './types.ts';

/** Partitions grouped by topic, as the protocol asks for them; topics in the order of their first partition. */
export function byTopic<Item extends TopicPartition>(
  items: readonly Item[],
): { readonly topic: string; readonly partitions: readonly Item[] }[] {
  const topics = new Map<string, Item[]>();
  for (const item of items) {
    const partitions = topics.get(item.topic);
    if (partitions === undefined) topics.set(item.topic, [item]);
    else partitions.push(item);
  }
  return [...topics].map(([topic, partitions]) => ({ topic, partitions }));
}
