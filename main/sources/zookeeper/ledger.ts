import type { Key } from '../../../shared/order/key.ts';
import { pathOf } from './paths.ts';

/** A path that was captured, and the ACL version it had. */
export interface LedgerLine {
  readonly path: string;
  readonly aversion: number;
}

const CHUNK_BYTES = 1 << 20;
/** Bytes of a name's length, and of the numbers before it. */
const NUMBER_BYTES = 5;

/**
 * The paths of a capture in the order in which they were read, so that they can be looked at again: some 20 bytes a
 * node, as each line only holds what it does not share with the one before.
 *
 * A line is: components shared, components added, each as length and UTF-8, then the ACL version.
 */
export class Ledger {
  readonly #chunks: Buffer[] = [];
  /** Bytes used of each chunk. */
  readonly #used: number[] = [];
  #chunk: Buffer = Buffer.allocUnsafe(0);
  #at = 0;
  #last: Key = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Keys come in ascending order. */
  append(key: Key, aversion: number): void {
    const shared = this.#count === 0 ? 0 : sharedLength(this.#last, key);
    this.#reserve(key, shared);
    this.#number(shared);
    this.#number(key.length - shared);
    for (let i = shared; i < key.length; i++) this.#name(key[i] ?? '');
    this.#number(aversion);
    this.#used[this.#chunks.length - 1] = this.#at;
    this.#last = key;
    this.#count++;
  }

  /** Every line, in order. */
  *lines(): Generator<LedgerLine> {
    const components: string[] = [];
    for (const [i, chunk] of this.#chunks.entries()) {
      const reader = new ChunkReader(chunk, this.#used[i] ?? 0);
      while (!reader.atEnd) {
        components.length = reader.number();
        for (let added = reader.number(); added > 0; added--) components.push(reader.name());
        yield { path: pathOf(components), aversion: reader.number() };
      }
    }
  }

  #reserve(key: Key, shared: number): void {
    let most = 3 * NUMBER_BYTES;
    for (let i = shared; i < key.length; i++) most += NUMBER_BYTES + (key[i]?.length ?? 0) * 3;
    if (this.#at + most <= this.#chunk.length) return;
    this.#chunk = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, most));
    this.#chunks.push(this.#chunk);
    this.#at = 0;
  }

  #number(value: number): void {
    let rest = value >>> 0;
    for (; rest >= 0x80; rest >>>= 7) this.#chunk[this.#at++] = (rest & 0x7f) | 0x80;
    this.#chunk[this.#at++] = rest;
  }

  #name(name: string): void {
    const bytes = Buffer.byteLength(name);
    this.#number(bytes);
    this.#at += this.#chunk.write(name, this.#at, bytes, 'utf8');
  }
}

class ChunkReader {
  readonly #chunk: Buffer;
  readonly #end: number;
  #at = 0;

  constructor(chunk: Buffer, end: number) {
    this.#chunk = chunk;
    this.#end = end;
  }

  get atEnd(): boolean {
    return this.#at >= this.#end;
  }

  number(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#chunk[this.#at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }

  name(): string {
    const length = this.number();
    const name = this.#chunk.toString('utf8', this.#at, this.#at + length);
    this.#at += length;
    return name;
  }
}

function sharedLength(a: Key, b: Key): number {
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
  return shared;
}
