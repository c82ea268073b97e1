import type { Entry } from '../../../shared/model/entry.ts';
import type { Key } from '../../../shared/order/key.ts';
import { mergeByKey, type Pair } from '../../../shared/order/merge.ts';
import type { PointView } from '../contract.ts';
import type { LoadGate } from '../load.ts';
import type { Link } from './link.ts';
import { matters, type Scope, ScopeTracker } from './scope.ts';
import type { Mapping } from './selection.ts';
import { type Visited, walk } from './walk.ts';

/** An entry of the point, seen from where it is to be in the live tree. */
export interface Wanted {
  /** The live key. */
  readonly key: Key;
  readonly entry: Entry;
  readonly scope: Scope;
}

/** What a recovery point and the live tree have for one live key. */
export type LivePair = Pair<Wanted, Visited>;

export interface PairOptions {
  readonly view: PointView;
  readonly mapping: Mapping;
  readonly link: Link;
  readonly gate: LoadGate;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Point and live tree side by side in key order, as far as the mapping covers them, together with what lies above
 * what is covered.
 */
export function livePairs(options: PairOptions): AsyncGenerator<readonly LivePair[]> {
  const { mapping, link, gate, signal } = options;
  return mergeByKey(wantedEntries(options), walk({ link, gate, scope: mapping.scope, signal }));
}

async function* wantedEntries({ view, mapping, signal }: PairOptions): AsyncGenerator<readonly Wanted[]> {
  const { from, into, moved, scope } = mapping;
  const tracker = new ScopeTracker(scope);
  const place = (entry: Entry): Wanted => {
    const key = moved ? [...into, ...entry.key.slice(from.length)] : entry.key;
    return { key, entry, scope: tracker.at(key) };
  };
  if (!moved)
    yield (await ancestors(view, from, signal)).map(place).filter((wanted) => matters(wanted.scope));
  for await (const batch of view.entries(from, signal)) {
    yield batch.map(place).filter((wanted) => matters(wanted.scope));
  }
}

async function ancestors(
  view: PointView,
  key: Key,
  signal: AbortSignal | undefined,
): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (let length = 0; length < key.length; length++) {
    const entry = await view.entry(key.slice(0, length), signal);
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}
