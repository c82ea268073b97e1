import { least } from './broker-table.ts';
import type { Site } from './site.ts';

/** Where the replicas of a topic go. */
export interface Placement {
  /** Broker ids by partition, the preferred leader first. */
  readonly replicas: readonly (readonly number[])[];
  /** Replicas that there are no brokers for, of the partition that lacks most. */
  readonly lacking: number;
}

/**
 * Replicas stay where they were as far as the brokers are here. One that was elsewhere goes to the broker that takes
 * its place; where that has the partition already, to a rack that has none of it, and there to the broker that got
 * the fewest of this topic.
 */
export function place(wanted: readonly (readonly number[])[], site: Site): Placement {
  const counts = new Map<number, number>();
  let lacking = 0;
  const replicas = wanted.map((partition) => {
    const placed = placePartition(partition, site, counts);
    for (const id of placed) counts.set(id, (counts.get(id) ?? 0) + 1);
    lacking = Math.max(lacking, partition.length - placed.length);
    return placed;
  });
  return { replicas, lacking };
}

/** Whether the replicas are where a restore would have them: on the same brokers, or as many where they cannot be. */
export function isPlaced(wanted: readonly number[], live: readonly number[], site: Site): boolean {
  if (!wanted.every((id) => site.known.has(id))) {
    return live.length >= Math.min(wanted.length, site.brokers.length);
  }
  return wanted.length === live.length && wanted.every((id, i) => live[i] === id);
}

function placePartition(
  wanted: readonly number[],
  { known, replaced, brokers }: Site,
  counts: ReadonlyMap<number, number>,
): readonly number[] {
  const used = new Set(wanted.filter((id) => known.has(id)));
  const rackOf = new Map(brokers.map(({ id, rack }) => [id, rack]));
  const placed: number[] = [];
  for (const id of wanted) {
    const chosen = known.has(id) ? id : (substitute(id) ?? freest());
    if (chosen === undefined) continue;
    used.add(chosen);
    placed.push(chosen);
  }
  return placed;

  function substitute(id: number): number | undefined {
    const broker = replaced.get(id);
    return broker === undefined || used.has(broker.id) ? undefined : broker.id;
  }

  function freest(): number | undefined {
    const racks = new Set([...used].map((id) => rackOf.get(id)));
    const free = brokers.filter(({ id }) => !used.has(id));
    return least(free, ({ id, rack }) => [racks.has(rack) ? 1 : 0, counts.get(id) ?? 0, id])?.id;
  }
}
