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

  async get(key: Key): Promise<Entry | undefined> {
    if (this.#lookups > 0) {
      this.#lookups--;
      return this.#view.entry(key, this.#signal);
    }
    for (let passed = 0; passed < MOST_PASSED; passed++) {
      const known = this.#branch.find((entry) => entry.key.length === key.length && isWithin(entry.key, key));
      if (known !== undefined) return known;
      const last = this.#branch.at(-1);
      if (this.#ended || (last !== undefined && compareKeys(last.key, key) > 0)) {
        return this.#view.entry(key, this.#signal);
      }
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
    if (entry === undefined) return;
    while (this.#branch.length > 0 && !isWithin(entry.key, this.#branch.at(-1)?.key ?? []))
      this.#branch.pop();
    this.#branch.push(entry);
  }
}
