import { type Broker, least } from './broker-table.ts';
import type { Site } from './site.ts';

/** Where the replicas of a topic go. */
export interface Placement {
  /** Broker ids by partition, the preferred leader first; as many for each partition, as Kafka asks for. */
  readonly replicas: readonly (readonly number[])[];
  /** Replicas that there are no brokers for. */
  readonly lacking: number;
}

type PlacementSite = Pick<Site, 'known' | 'replaced' | 'brokers'>;

/**
 * Replicas stay where they were as far as the brokers are here. One that was elsewhere goes to a rack that has none of
 * its partition, there to a broker that takes the place of the one it was on, and of several to the one that got the
 * fewest of this topic. Topics begin with different brokers, so that small ones do not all go to the same.
 *
 * @param topic its name
 * @param wanted broker ids by partition, as the point has them
 */
export function place(topic: string, wanted: readonly (readonly number[])[], site: PlacementSite): Placement {
  const most = Math.max(0, ...wanted.map(({ length }) => length));
  const places = new Places(topic, site);
  const placed = wanted.map((partition) => places.take(partition, most));
  const fewest = Math.min(most, ...placed.map(({ length }) => length));
  return { replicas: placed.map((each) => each.slice(0, fewest)), lacking: most - fewest };
}

/** Whether the replicas are where a restore would have them: on the same brokers, or as many where they cannot be. */
export function isPlaced(
  wanted: readonly number[],
  live: readonly number[],
  site: Pick<Site, 'known' | 'brokers'>,
): boolean {
  if (!wanted.every((id) => site.known.has(id))) {
    return live.length >= Math.min(wanted.length, site.brokers.length);
  }
  return wanted.length === live.length && wanted.every((id, i) => live[i] === id);
}

/** Gives out places for the partitions of one topic. */
class Places {
  readonly #site: PlacementSite;
  readonly #racks: ReadonlyMap<number, string | null>;
  readonly #turns: ReadonlyMap<number, number>;
  /** Replicas of the topic by broker. */
  readonly #counts = new Map<number, number>();

  constructor(topic: string, site: PlacementSite) {
    const { brokers } = site;
    const first = hash(topic) % Math.max(1, brokers.length);
    this.#site = site;
    this.#racks = new Map(brokers.map(({ id, rack }) => [id, rack]));
    this.#turns = new Map(brokers.map(({ id }, i) => [id, (i - first + brokers.length) % brokers.length]));
  }

  /** Places of one partition: one for each that is wanted, filled up to `most`, as far as there are brokers. */
  take(wanted: readonly number[], most: number): readonly number[] {
    const { known, replaced } = this.#site;
    const used = new Set(wanted.filter((id) => known.has(id)));
    const placed: number[] = [];
    for (let i = 0; i < most; i++) {
      const id = wanted[i];
      const standIns = id === undefined ? [] : (replaced.get(id) ?? []);
      const chosen = id !== undefined && known.has(id) ? id : this.#best(standIns, used);
      if (chosen === undefined) continue;
      used.add(chosen);
      placed.push(chosen);
      this.#counts.set(chosen, (this.#counts.get(chosen) ?? 0) + 1);
    }
    return placed;
  }

  /** A broker that does not have the partition: of another rack if there is one, a stand-in if there is one. */
  #best(standIns: readonly Broker[], used: ReadonlySet<number>): number | undefined {
    const racks = new Set([...used].map((id) => this.#racks.get(id)));
    const free = this.#site.brokers.filter(({ id }) => !used.has(id));
    const rank = ({ id, rack }: Broker) => [
      racks.has(rack) ? 1 : 0,
      standIns.some((each) => each.id === id) ? 0 : 1,
      this.#counts.get(id) ?? 0,
      this.#turns.get(id) ?? 0,
    ];
    return least(free, rank)?.id;
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}
