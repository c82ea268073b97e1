import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import { isTombstone, type Line } from '../../../shared/model/entry.ts';
import { compareKeys, type Key } from '../../../shared/order/key.ts';
import { encodeKeyLine, FingerprintList } from '../layout/fingerprint.ts';
import { LINE_LIMIT } from '../layout/format.ts';
import { encodeLine } from '../layout/line.ts';
import type { LiveCounts } from '../layout/live-counts.ts';
import type { BlockPress } from './block-press.ts';
import { fits, PartBuilder } from './part-builder.ts';
import type { PartEmitter } from './part-emitter.ts';

/** One generation on its way in: record parts, each followed by its fingerprints. */
export class RecordStream {
  readonly #generation: number;
  readonly #emitter: PartEmitter;
  readonly #counts: LiveCounts;
  readonly #records: PartBuilder;
  /** The keys of the fingerprint part, and what its last line will hold. */
  readonly #keys: PartBuilder;
  readonly #fingerprints = new FingerprintList();
  #previous: Key | undefined;

  constructor(generation: number, press: BlockPress, emitter: PartEmitter, counts: LiveCounts) {
    this.#generation = generation;
    this.#emitter = emitter;
    this.#counts = counts;
    this.#records = new PartBuilder(press);
    this.#keys = new PartBuilder(press);
  }

  /** Throws `archive.keys-out-of-order`, `archive.entry-invalid`, `archive.limit-exceeded`; the line is not stored. */
  put(line: Line): void {
    const { key } = line;
    if (this.#previous !== undefined && compareKeys(this.#previous, key) >= 0) throw this.#outOfOrder(key);
    const { text, keyText, digest, contentBytes } = encodeLine(line);
    if (!this.#records.takes(text)) {
      if (!fits(text, LINE_LIMIT)) {
        throw new HoldfastError('archive.limit-exceeded', {
          what: detail('an-entry'),
          limit: `${LINE_LIMIT} B`,
        });
      }
      this.close();
    }
    this.#previous = key;
    this.#records.append(text, key);
    this.#keys.append(encodeKeyLine(keyText), key);
    this.#fingerprints.push(digest);
    this.#counts.add(this.#generation, keyText, isTombstone(line) ? null : line.kind, contentBytes);
  }

  /** Hands what has been gathered to the emitter. */
  close(): void {
    if (this.#records.isEmpty) return;
    const generation = this.#generation;
    const type = generation === 0 ? 'records' : 'overlay';
    const of = this.#emitter.submit(this.#records.close(), { type, generation });
    this.#keys.appendKeyless(this.#fingerprints.takeLine());
    this.#emitter.submit(this.#keys.close(), { type: 'fingerprints', generation, of });
  }

  #outOfOrder(key: Key): HoldfastError {
    return new HoldfastError('archive.keys-out-of-order', {
      key: JSON.stringify(key),
      previous: JSON.stringify(this.#previous),
      generation: this.#generation,
    });
  }
}
