import { compareKeys, type Key } from './key.ts';

/** What both sides of a merge have for one key; at least one of them is there. */
export type Pair<L, R> =
  | { readonly left: L; readonly right?: undefined }
  | { readonly left?: undefined; readonly right: R }
  | { readonly left: L; readonly right: R };

interface Keyed {
  readonly key: Key;
}

/** Reads a stream of batches item by item without a promise per item. */
class BatchCursor<T> {
  readonly #iterator: AsyncIterator<readonly T[]>;
  #batch: readonly T[] = [];
  #index = 0;
  current: T | undefined;

  constructor(batches: AsyncIterable<readonly T[]>) {
    this.#iterator = batches[Symbol.asyncIterator]();
  }

  /** Moves on inside the batch at hand; false when the next one has to be fetched. */
  step(): boolean {
    if (this.#index >= this.#batch.length) return false;
    this.current = this.#batch[this.#index++];
    return true;
  }

  async fetch(): Promise<void> {
    this.current = undefined;
    while (!this.step()) {
      const next = await this.#iterator.next();
      if (next.done === true) return;
      this.#batch = next.value;
      this.#index = 0;
    }
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }
}

const PAIRS_PER_BATCH = 512;

/**
 * Joins two streams that are sorted by key into one sorted stream of pairs, in batches. Memory holds one batch
 * of each side. Both iterators are closed when the consumer stops early.
 */
export async function* mergeByKey<L extends Keyed, R extends Keyed>(
  left: AsyncIterable<readonly L[]>,
  right: AsyncIterable<readonly R[]>,
): AsyncGenerator<readonly Pair<L, R>[]> {
  const a = new BatchCursor(left);
  const b = new BatchCursor(right);
  try {
    let pairs: Pair<L, R>[] = [];
    await Promise.all([a.fetch(), b.fetch()]);
    while (a.current !== undefined || b.current !== undefined) {
      const order = compareHeads(a.current, b.current);
      if (order < 0) pairs.push({ left: a.current as L });
      else if (order > 0) pairs.push({ right: b.current as R });
      else pairs.push({ left: a.current as L, right: b.current as R });
      if (order <= 0 && !a.step()) await a.fetch();
      if (order >= 0 && !b.step()) await b.fetch();
      if (pairs.length >= PAIRS_PER_BATCH) {
        yield pairs;
        pairs = [];
      }
    }
    if (pairs.length > 0) yield pairs;
  } finally {
    await Promise.all([a.close(), b.close()]);
  }
}

function compareHeads(a: Keyed | undefined, b: Keyed | undefined): number {
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return compareKeys(a.key, b.key);
}
