import type { Entry } from '../../shared/model/entry.ts';
import { compareKeys, isWithin, type Key } from '../../shared/order/key.ts';
import type { PointView } from './contract.ts';

/** Entries of the stream passed by in search of one before it is looked up instead. */
const MOST_PASSED = 20_000;
/** Look-ups that cost as much as going on with the stream. */
const LOOKUPS_WORTH_A_TRY = 400;

/**
 * Gives the entries of a recovery point for keys that ascend, also when the nodes of one branch come after those below
 * them. A dense plan is served from one pass over the point, a sparse one by looking up.
 */
export class EntryFeed {
  readonly #view: PointView;
  readonly #signal: AbortSignal | undefined;
  readonly #batches: AsyncIterator<readonly Entry[]>;
  #batch: readonly Entry[] = [];
  #at = 0;
  #ended = false;
  /** The last entry of the stream and the entries above it. */
  #branch: Entry[] = [];
  /** Look-ups still to be made before the stream is tried again. */
  #lookups = 0;

  /** Everything asked for lies below `prefix`, or is looked up. */
  constructor(view: PointView, prefix: Key, signal: AbortSignal | undefined) {
    this.#view = view;
    this.#signal = signal;
    this.#batches = view.entries(prefix, signal)[Symbol.asyncIterator]();
  }

  /**
   * The entry, where that can be told without waiting. Most can, and a promise for each would cost more than finding
   * it; for the others there is `get`.
   */
  atHand(key: Key): Entry | undefined {
    if (this.#lookups > 0) return undefined;
    for (;;) {
      const known = this.#known(key);
      if (known !== undefined || this.#isPast(key)) return known;
      const next = this.#batch[this.#at];
      if (next === undefined) return undefined;
      this.#at++;
      this.#pass(next);
    }
  }

  async get(key: Key): Promise<Entry | undefined> {
    if (this.#lookups > 0) {
      this.#lookups--;
      return this.#view.entry(key, this.#signal);
    }
    for (let passed = 0; passed < MOST_PASSED; passed++) {
      const known = this.#known(key);
      if (known !== undefined) return known;
      if (this.#ended || this.#isPast(key)) return this.#view.entry(key, this.#signal);
      await this.#advance();
    }
    this.#lookups = LOOKUPS_WORTH_A_TRY;
    return this.#view.entry(key, this.#signal);
  }

  async close(): Promise<void> {
    await this.#batches.return?.();
  }

  async #advance(): Promise<void> {
    while (this.#at >= this.#batch.length) {
      const next = await this.#batches.next();
      if (next.done === true) {
        this.#ended = true;
        return;
      }
      this.#batch = next.value;
      this.#at = 0;
    }
    const entry = this.#batch[this.#at++];
    if (entry !== undefined) this.#pass(entry);
  }

  #pass(entry: Entry): void {
    const { key } = entry;
    while (this.#branch.length > 0 && !isWithin(key, this.#branch.at(-1)?.key ?? [])) this.#branch.pop();
    this.#branch.push(entry);
  }

  #known(key: Key): Entry | undefined {
    // Keys on a branch become longer downwards: at most one has the length.
    const entry = this.#branch.findLast((each) => each.key.length <= key.length);
    return entry !== undefined && isSame(entry.key, key) ? entry : undefined;
  }

  #isPast(key: Key): boolean {
    const last = this.#branch.at(-1);
    return last !== undefined && compareKeys(last.key, key) > 0;
  }
}

function isSame(a: Key, b: Key): boolean {
  return a.length === b.length && isWithin(a, b);
}
