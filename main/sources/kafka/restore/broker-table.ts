/** A broker as far as its place matters. */
export interface Broker {
  readonly id: number;
  readonly rack: string | null;
}

/**
 * Who takes the place of brokers that are not there, the same every time. First each gets one: of its rack where there
 * is one, one that the point does not know where there is one, and of these the one that has taken the fewest. Brokers
 * that the point does not know and that are still without work then help, so that what lay on few is spread over more.
 *
 * @param missing in the order of ids
 * @param recorded ids of all brokers of the point
 */
export function replacements<B extends Broker>(
  missing: readonly Broker[],
  live: readonly B[],
  recorded: ReadonlySet<number>,
): ReadonlyMap<number, readonly B[]> {
  const taken = new Map<number, number>();
  const table = new Map<number, B[]>();
  for (const broker of missing) {
    const best = least(live, ({ id, rack }) => [
      rack === broker.rack ? 0 : 1,
      recorded.has(id) ? 1 : 0,
      taken.get(id) ?? 0,
      id,
    ]);
    if (best === undefined) return table;
    taken.set(best.id, (taken.get(best.id) ?? 0) + 1);
    table.set(broker.id, [best]);
  }
  for (const idle of live) {
    if (recorded.has(idle.id) || taken.has(idle.id)) continue;
    const helped = least(missing, ({ id, rack }) => [
      rack === idle.rack ? 0 : 1,
      table.get(id)?.length ?? 0,
      id,
    ]);
    if (helped !== undefined) table.get(helped.id)?.push(idle);
  }
  return table;
}

/** The item whose ranks come first when compared one after the other. */
export function least<T>(items: Iterable<T>, ranks: (item: T) => readonly number[]): T | undefined {
  let best: { readonly item: T; readonly ranks: readonly number[] } | undefined;
  for (const item of items) {
    const own = ranks(item);
    if (best === undefined || comesBefore(own, best.ranks)) best = { item, ranks: own };
  }
  return best?.item;
}

function comesBefore(a: readonly number[], b: readonly number[]): boolean {
  for (const [i, rank] of a.entries()) {
    const other = b[i] ?? 0;
    if (rank !== other) return rank < other;
  }
  return false;
}
