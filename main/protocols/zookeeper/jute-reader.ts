import { decodeJavaUtf8 } from './java-utf8.ts';

/** The bytes are not what their type says: a length or count that leaves its frame. */
export class JuteFormatError extends Error {
  override readonly name = 'JuteFormatError';
}

/**
 * Reads jute, ZooKeeper's big-endian serialisation, from a window of received bytes. One reader is moved
 * from frame to frame, and buffers it returns are views, so that decoding copies nothing.
 * Every read past the window throws {@link JuteFormatError}.
 */
export class JuteReader {
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #at = 0;
  #end = 0;

  /** Moves the window to `[start, end)` of `bytes`; `view` covers the same bytes. */
  reset(bytes: Buffer, view: DataView, start: number, end: number): void {
    this.#bytes = bytes;
    this.#view = view;
    this.#at = start;
    this.#end = end;
  }

  get offset(): number {
    return this.#at;
  }

  get remaining(): number {
    return this.#end - this.#at;
  }

  bool(): boolean {
    return this.#view.getUint8(this.#advance(1)) !== 0;
  }

  int(): number {
    return this.#view.getInt32(this.#advance(4));
  }

  long(): bigint {
    return this.#view.getBigInt64(this.#advance(8));
  }

  /** A long that is known to stay within 2^53, as times do. */
  longAsNumber(): number {
    const at = this.#advance(8);
    return this.#view.getInt32(at) * 0x1_0000_0000 + this.#view.getUint32(at + 4);
  }

  /** A null string, which some servers send for an absent one, reads as empty. */
  string(): string {
    const length = this.int();
    if (length <= 0) return '';
    const start = this.#advance(length);
    const text = this.#bytes.toString('utf8', start, this.#at);
    return text.includes('\ufffd') ? decodeJavaUtf8(this.#bytes.subarray(start, this.#at)) : text;
  }

  /** Moves past a string. */
  skipString(): void {
    const length = this.int();
    if (length > 0) this.#advance(length);
  }

  /** A view, or null where the server holds null. */
  buffer(): Buffer | null {
    const length = this.int();
    if (length < 0) return null;
    const start = this.#advance(length);
    return this.#bytes.subarray(start, this.#at);
  }

  strings(): string[] {
    const count = this.count(4);
    const items: string[] = new Array(count);
    for (let i = 0; i < count; i++) items[i] = this.string();
    return items;
  }

  /** Number of elements of a vector, each of at least `smallest` bytes; a null vector has none. */
  count(smallest: number): number {
    const count = this.int();
    if (count <= 0) return 0;
    if (count * smallest > this.remaining) throw new JuteFormatError(`a vector of ${count} leaves its frame`);
    return count;
  }

  skip(length: number): void {
    this.#advance(length);
  }

  /** One of the next `length` bytes, all of which must be there, without moving past them. */
  peek(length: number, at: number): number {
    if (length > this.remaining) throw new JuteFormatError(`${length} bytes leave their frame`);
    return this.#view.getUint8(this.#at + at);
  }

  /** True when the next bytes are `expected`. */
  startsWith(expected: Uint8Array): boolean {
    const { length } = expected;
    if (length > this.remaining) return false;
    for (let i = 0; i < length; i++) if (this.#bytes[this.#at + i] !== expected[i]) return false;
    return true;
  }

  #advance(length: number): number {
    const at = this.#at;
    if (length > this.#end - at) throw new JuteFormatError(`${length} bytes at ${at} leave their frame`);
    this.#at = at + length;
    return at;
  }
}
