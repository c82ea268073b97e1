import { compareKeys, type Key } from '../../../shared/order/key.ts';
import type { KeyFingerprint } from '../layout/fingerprint.ts';
import { firstNotBelow } from './first-not-below.ts';
import type { Layer, PartPlace } from './layer.ts';

/** A key that has a line, and the layer that has it. */
export interface Standing {
  readonly key: Key;
  readonly layer: Layer;
}

/** Stands on one key of a layer and jumps to any other by way of the index. Reads fingerprints, no records. */
class LayerCursor {
  readonly layer: Layer;
  readonly #signal: AbortSignal | undefined;
  #place: PartPlace | undefined;
  #prints: readonly KeyFingerprint[] = [];
  #at = 0;

  constructor(layer: Layer, signal: AbortSignal | undefined) {
    this.layer = layer;
    this.#signal = signal;
  }

  get current(): KeyFingerprint | undefined {
    return this.#prints[this.#at];
  }

  /** Goes to the first key that is not below `key`. */
  async seek(key: Key): Promise<void> {
    if (!this.#spans(key)) await this.#enter(await this.layer.locate(key, this.#signal));
    const prints = this.#prints;
    this.#at = firstNotBelow(prints.length, (place) => prints[place]?.key ?? [], key);
    await this.#settle();
  }

  async step(): Promise<void> {
    this.#at++;
    await this.#settle();
  }

  /** Whether the part at hand tells what comes at the key: then nothing is read again. */
  #spans(key: Key): boolean {
    const [first, last] = [this.#prints[0], this.#prints.at(-1)];
    if (first === undefined || last === undefined) return false;
    return compareKeys(first.key, key) <= 0 && compareKeys(key, last.key) <= 0;
  }

  async #settle(): Promise<void> {
    while (this.#place !== undefined && this.#at >= this.#prints.length) {
      await this.#enter(await this.layer.next(this.#place, this.#signal));
    }
  }

  async #enter(place: PartPlace | undefined): Promise<void> {
    this.#place = place;
    this.#at = 0;
    this.#prints = place === undefined ? [] : await this.layer.prints(place, this.#signal);
  }
}

/** Stands on one live key of several layers merged, newest layer first. */
export class MergedCursor {
  readonly #cursors: readonly LayerCursor[];
  readonly #keepTombstones: boolean;
  current: Standing | undefined;

  constructor(
    layers: readonly Layer[],
    options: { readonly keepTombstones: boolean; readonly signal?: AbortSignal },
  ) {
    this.#cursors = layers.map((layer) => new LayerCursor(layer, options.signal));
    this.#keepTombstones = options.keepTombstones;
  }

  /** Goes to the first live key that is not below `key`. */
  async seek(key: Key): Promise<void> {
    await Promise.all(this.#cursors.map((cursor) => cursor.seek(key)));
    await this.#settle();
  }

  async step(): Promise<void> {
    if (this.current === undefined) return;
    await this.#pass(this.current.key);
    await this.#settle();
  }

  /** Goes on until the key at hand is live; the newest layer's line for a key hides those of older ones. */
  async #settle(): Promise<void> {
    for (;;) {
      const lowest = this.#lowest();
      const print = lowest?.current;
      if (lowest === undefined || print === undefined) {
        this.current = undefined;
        return;
      }
      if (this.#keepTombstones || print.fingerprint !== null) {
        this.current = { key: print.key, layer: lowest.layer };
        return;
      }
      await this.#pass(print.key);
    }
  }

  #lowest(): LayerCursor | undefined {
    let lowest: LayerCursor | undefined;
    for (const cursor of this.#cursors) {
      if (cursor.current === undefined) continue;
      if (lowest?.current === undefined || compareKeys(cursor.current.key, lowest.current.key) < 0) {
        lowest = cursor;
      }
    }
    return lowest;
  }

  async #pass(key: Key): Promise<void> {
    for (const cursor of this.#cursors) {
      if (cursor.current !== undefined && compareKeys(cursor.current.key, key) === 0) await cursor.step();
    }
  }
}
