import { isWithin, type Key } from '../../../shared/order/key.ts';
import type { Stat } from '../../protocols/zookeeper/index.ts';
import type { PointView } from '../contract.ts';
import { sharesZxids } from './ensemble-identity.ts';
import type { PairOptions } from './pairs.ts';
import { isFixture, keyOf, pathOf } from './paths.ts';
import { readIdentity } from './probe.ts';
import { type Scope, scopeAt } from './scope.ts';
import { type Mapping, parseSelection, selectionScope } from './selection.ts';

/** The code of the notes that name where a capture could not look: a node, and what lies below it. */
export const UNREADABLE_CODE = 'unreadable';
/** The code of those that name a node alone, which a capture had to pass through to what was asked for by name. */
export const PASSED_CODE = 'unreadable-on-the-way';

export interface Told {
  /** The notes of the point. */
  readonly notes: PointView['notes'];
  /** The capture's position before its first pass, where its zxids are those of the live ensemble. */
  readonly horizon?: bigint | undefined;
  /** What the capture covered. */
  readonly captured: Scope;
}

/** What a point and the ensemble at hand tell of where the capture could not look. */
export async function lookBack({ view, mapping, link, gate, signal }: PairOptions): Promise<Unseen> {
  const horizon = mapping.moved ? undefined : horizonOf(view);
  const comparable =
    horizon !== undefined &&
    sharesZxids(view.identity, await gate.run(1, signal, () => readIdentity(link, signal)));
  const captured = selectionScope(parseSelection(view.selection), link.chroot);
  return new Unseen({ notes: view.notes, horizon: comparable ? horizon : undefined, captured }, mapping);
}

/**
 * Where a capture could not look, in live keys: that the point has nothing there does not mean that nothing was there.
 *
 * Its notes name such places. A capture of an earlier version, or one that the service misled, may not have told of
 * all of them; but a live node that was created at or before the horizon was there while the capture ran. Where the
 * point does not have it, the capture did not see it.
 */
export class Unseen {
  readonly #told: Told;
  readonly #places = new Set<string>();
  readonly #passed = new Set<string>();
  /** There were too many to name them: it may have been anywhere. */
  readonly #everywhere: boolean;
  readonly #passedAnywhere: boolean;
  /** The place met last that hides what is below it. */
  #last: Key | undefined;

  constructor(told: Told, mapping: Pick<Mapping, 'from' | 'into'>) {
    this.#told = told;
    const { notes } = told;
    this.#everywhere = notes.some(({ code }) => code === `${UNREADABLE_CODE}-more`);
    this.#passedAnywhere = notes.some(({ code }) => code === `${PASSED_CODE}-more`);
    for (const { code, params } of notes) {
      const key = keyOf(String(params.path));
      if (code === UNREADABLE_CODE) addPlace(this.#places, key, mapping);
      if (code === PASSED_CODE) this.#passed.add(pathOf(key));
    }
  }

  /**
   * The place, at or above a live node that the point does not have, where the capture could not look; undefined where
   * it looked and found no node. Ask for the nodes in key order, those on the way among them.
   */
  placeOf(key: Key, { czxid }: Pick<Stat, 'czxid'>): Key | undefined {
    if (this.#last !== undefined && isWithin(key, this.#last)) return this.#last;
    this.#last = this.#notedPlace(key);
    if (this.#last !== undefined) return this.#last;
    if (!this.#wasThere(key, czxid)) return undefined;
    // What lies below a node was looked for all the same where the capture knew its name.
    if (scopeAt(this.#told.captured, key).names === undefined) this.#last = key;
    return key;
  }

  /** Whether the capture could not read the node itself, though what mattered below it. */
  wasPassed(key: Key): boolean {
    return this.#passedAnywhere || this.#passed.has(pathOf(key));
  }

  #notedPlace(key: Key): Key | undefined {
    if (this.#everywhere) return key;
    if (this.#places.size === 0) return undefined;
    for (let length = 0; length <= key.length; length++) {
      const place = key.slice(0, length);
      if (this.#places.has(pathOf(place))) return place;
    }
    return undefined;
  }

  #wasThere(key: Key, czxid: bigint): boolean {
    const { horizon } = this.#told;
    if (horizon === undefined || czxid > horizon) return false;
    // The servers' own nodes are older than everything; of them only the root stands above what is captured.
    return key.length === 0 || !isFixture(key);
  }
}

function addPlace(places: Set<string>, key: Key, { from, into }: Pick<Mapping, 'from' | 'into'>): void {
  if (isWithin(key, from)) places.add(pathOf([...into, ...key.slice(from.length)]));
  else if (isWithin(from, key)) places.add(pathOf(into));
}

/** `z0` of the position: see capture.ts. */
function horizonOf({ position }: Pick<PointView, 'position'>): bigint | undefined {
  const { z0 } = position;
  return typeof z0 === 'string' && /^\d+$/.test(z0) ? BigInt(z0) : undefined;
}
