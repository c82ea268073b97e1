import { isTombstone, type Line } from '../../../shared/model/entry.ts';
import { compareKeys, type Key } from '../../../shared/order/key.ts';
import type { Layer, RunPlace } from './layer.ts';
import type { LineRun } from './line-run.ts';

/** Stands on one line of a layer and jumps to any key by way of the index. */
class LayerCursor {
  readonly #layer: Layer;
  readonly #signal: AbortSignal | undefined;
  #place: RunPlace | undefined;
  #run: LineRun | undefined;
  #line = 0;
  key: Key | undefined;

  constructor(layer: Layer, signal: AbortSignal | undefined) {
    this.#layer = layer;
    this.#signal = signal;
  }

  /** Goes to the first line whose key is not below `key`. */
  async seek(key: Key): Promise<void> {
    await this.#enter(await this.#layer.locate(key, this.#signal));
    this.#line = this.#run?.firstFrom(key) ?? 0;
    await this.#settle();
  }

  async step(): Promise<void> {
    this.#line++;
    await this.#settle();
  }

  read(): Line | undefined {
    return this.key === undefined ? undefined : this.#run?.line(this.#line);
  }

  async #settle(): Promise<void> {
    while (this.#run !== undefined && this.#place !== undefined && this.#line >= this.#run.count) {
      await this.#enter(await this.#layer.next(this.#place, this.#signal));
      this.#line = 0;
    }
    this.key = this.#run?.key(this.#line);
  }

  async #enter(place: RunPlace | undefined): Promise<void> {
    this.#place = place;
    this.#run = place && (await this.#layer.run(place, this.#signal));
  }
}

/** Stands on one live line of several layers merged, newest layer first. */
export class MergedCursor {
  readonly #cursors: readonly LayerCursor[];
  readonly #keepTombstones: boolean;
  current: Line | undefined;

  constructor(
    layers: readonly Layer[],
    options: { readonly keepTombstones: boolean; readonly signal?: AbortSignal },
  ) {
    this.#cursors = layers.map((layer) => new LayerCursor(layer, options.signal));
    this.#keepTombstones = options.keepTombstones;
  }

  /** Goes to the first live line whose key is not below `key`. */
  async seek(key: Key): Promise<void> {
    await Promise.all(this.#cursors.map((cursor) => cursor.seek(key)));
    await this.#settle();
  }

  async step(): Promise<void> {
    if (this.current === undefined) return;
    await this.#pass(this.current.key);
    await this.#settle();
  }

  /** Goes on until the line at hand is live; the newest layer's line for a key hides those of older ones. */
  async #settle(): Promise<void> {
    for (;;) {
      const line = this.#lowest()?.read();
      if (line === undefined || this.#keepTombstones || !isTombstone(line)) {
        this.current = line;
        return;
      }
      await this.#pass(line.key);
    }
  }

  #lowest(): LayerCursor | undefined {
    let lowest: LayerCursor | undefined;
    for (const cursor of this.#cursors) {
      if (cursor.key === undefined) continue;
      if (lowest?.key === undefined || compareKeys(cursor.key, lowest.key) < 0) lowest = cursor;
    }
    return lowest;
  }

  async #pass(key: Key): Promise<void> {
    for (const cursor of this.#cursors) {
      if (cursor.key !== undefined && compareKeys(cursor.key, key) === 0) await cursor.step();
    }
  }
}
