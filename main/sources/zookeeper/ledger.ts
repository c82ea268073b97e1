import type { Key } from '../../../shared/order/key.ts';
import { pathOf } from './paths.ts';

/** A path that was captured, and the ACL version it had. */
export interface LedgerLine {
  readonly path: string;
  readonly aversion: number;
}

const CHUNK_BYTES = 1 << 20;
/** Most bytes of a number. */
const NUMBER_BYTES = 5;

/**
 * The paths of a capture in the order in which they were read, so that they can be looked at again: some 8 bytes a
 * node, as each line only holds what it does not share with the one before, down to the letters that siblings share.
 *
 * A line is: components shared, components added, these, then the ACL version. A component is: characters shared with
 * the one that it takes the place of, then what follows these, as length and UTF-8.
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
    for (let i = shared; i < key.length; i++) this.#name(key[i] ?? '', this.#last[i] ?? '');
    this.#number(aversion);
    this.#used[this.#chunks.length - 1] = this.#at;
    this.#last = key;
    this.#count++;
  }

  /** Every line, in order. */
  *lines(): Generator<LedgerLine> {
    let components: string[] = [];
    for (const [i, chunk] of this.#chunks.entries()) {
      const reader = new ChunkReader(chunk, this.#used[i] ?? 0);
      while (!reader.atEnd) {
        const before = components;
        components = before.slice(0, reader.number());
        for (let added = reader.number(); added > 0; added--) {
          components.push(reader.name(before[components.length] ?? ''));
        }
        yield { path: pathOf(components), aversion: reader.number() };
      }
    }
  }

  #reserve(key: Key, shared: number): void {
    let most = 3 * NUMBER_BYTES;
    for (let i = shared; i < key.length; i++) most += 2 * NUMBER_BYTES + (key[i]?.length ?? 0) * 3;
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

  #name(name: string, before: string): void {
    const shared = sharedCharacters(before, name);
    const rest = name.slice(shared);
    const bytes = Buffer.byteLength(rest);
    this.#number(shared);
    this.#number(bytes);
    this.#at += this.#chunk.write(rest, this.#at, bytes, 'utf8');
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

  /** The component that takes the place of `before`. */
  name(before: string): string {
    const shared = this.number();
    const length = this.number();
    const rest = this.#chunk.toString('utf8', this.#at, this.#at + length);
    this.#at += length;
    return shared === 0 ? rest : before.slice(0, shared) + rest;
  }
}

function sharedLength(a: Key, b: Key): number {
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
  return shared;
}

/** Characters (UTF-16 units) that both begin with, never half of a pair: that half has no UTF-8. */
function sharedCharacters(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let shared = 0;
  while (shared < most && a.charCodeAt(shared) === b.charCodeAt(shared)) shared++;
  return shared > 0 && isHighSurrogate(b.charCodeAt(shared - 1)) ? shared - 1 : shared;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
