import { compareKeys, isWithin, type Key } from '../../../shared/order/key.ts';

/** What to read of a stream of keys. */
export interface ScanOptions {
  /** This key and what is below it; everything unless given. */
  readonly prefix?: Key;
  /** Only keys that come after this one. */
  readonly after?: Key;
  readonly signal?: AbortSignal;
}

/** A stretch of sorted keys: a subtree, perhaps only what comes after one key of it. */
export class KeyRange {
  readonly #prefix: Key;
  readonly #after: Key | undefined;

  constructor({ prefix = [], after }: ScanOptions) {
    this.#prefix = prefix;
    this.#after = after;
  }

  /** True when the key comes before everything in the range. */
  isBelow(key: Key): boolean {
    if (this.#after !== undefined && compareKeys(key, this.#after) <= 0) return true;
    return compareKeys(key, this.#prefix) < 0;
  }

  /** True when the key comes after everything in the range. */
  isAbove(key: Key): boolean {
    return !isWithin(key, this.#prefix) && compareKeys(key, this.#prefix) > 0;
  }

  has(key: Key): boolean {
    return !this.isBelow(key) && !this.isAbove(key);
  }

  /** Whether a sorted run from `first` to `last` may have keys of the range. */
  meets(first: Key, last: Key): boolean {
    return !this.isBelow(last) && !this.isAbove(first);
  }
}
