import type { Reader } from '@platformatic/kafka';

/**
 * Reads Kafka's flexible encoding (KIP-482) straight from one buffer, and passes over strings without decoding them:
 * for the few replies in which most is not wanted. Reading beyond the end throws RangeError.
 */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** What is left of a reply that the library hands to a parser. */
  static of(reader: Reader): ByteReader {
    return new ByteReader(reader.buffer.slice(reader.position, reader.length));
  }

  int8(): number {
    return this.#bytes.readInt8(this.#advance(1));
  }

  bool(): boolean {
    return this.int8() !== 0;
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.#advance(2));
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#advance(4));
  }

  int64(): bigint {
    return this.#bytes.readBigInt64BE(this.#advance(8));
  }

  uuid(): string {
    const from = this.#advance(16);
    return this.#bytes.toString('hex', from, from + 16);
  }

  /** A UUID as Kafka's tools write it: base64 for URLs. */
  id(): string {
    const from = this.#advance(16);
    return this.#bytes.toString('base64url', from, from + 16);
  }

  string(): string {
    return this.nullableString() ?? '';
  }

  nullableString(): string | null {
    const length = this.#varint() - 1;
    if (length < 0) return null;
    const from = this.#advance(length);
    return this.#bytes.toString('utf8', from, from + length);
  }

  /** Where the next field begins, for {@link stringAt}. */
  mark(): number {
    return this.#at;
  }

  /** The string that begins at a mark; reading goes on where it was. */
  stringAt(mark: number): string | null {
    const at = this.#at;
    this.#at = mark;
    const value = this.nullableString();
    this.#at = at;
    return value;
  }

  skipString(): void {
    this.#advance(Math.max(0, this.#varint() - 1));
  }

  /** How many elements of an array follow; a null array has none. */
  length(): number {
    return Math.max(0, this.#varint() - 1);
  }

  /** A null array reads as an empty one. */
  array<T>(element: () => T): T[] {
    const length = this.length();
    const elements: T[] = [];
    for (let i = 0; i < length; i++) elements.push(element());
    return elements;
  }

  /** Does something for every element of an array that is not wanted itself. */
  each(element: () => void): void {
    for (let left = this.length(); left > 0; left--) element();
  }

  skipTags(): void {
    for (let left = this.#varint(); left > 0; left--) {
      this.#varint();
      this.#advance(this.#varint());
    }
  }

  skipInt32s(): void {
    this.#advance(4 * this.length());
  }

  #varint(): number {
    const first = this.#bytes[this.#at];
    if (first !== undefined && first < 0x80) {
      this.#at++;
      return first;
    }
    return this.#longVarint();
  }

  #longVarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes.readUInt8(this.#advance(1));
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('a varint is too long');
  }

  #advance(bytes: number): number {
    const from = this.#at;
    if (from + bytes > this.#bytes.length) throw new RangeError('the reply ends too early');
    this.#at = from + bytes;
    return from;
  }
}
