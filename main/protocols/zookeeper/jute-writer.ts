const smallest = 4 * 1024;
/** A buffer that once grew beyond this for one large write is not kept at that size. */
const largestKept = 256 * 1024;
/** Buffers of these sizes are used again: a busy connection sends hundreds of them a second. */
const smallestSpare = 64 * 1024;
const largestSpare = 1024 * 1024;
/** Up to this length a loop over ASCII is faster than a call into the encoder. */
const shortString = 96;

/**
 * Writes jute, ZooKeeper's big-endian serialisation, into one growing buffer that all frames of a tick
 * share. `take()` hands the filled part over and starts afresh.
 */
export class JuteWriter {
  #bytes: Buffer;
  #view: DataView;
  #at = 0;
  /** Given back by the socket. */
  #spare: Buffer | undefined;

  constructor(size = smallest) {
    this.#bytes = Buffer.allocUnsafeSlow(size);
    this.#view = viewOf(this.#bytes);
  }

  /** Bytes written since the last `take()`. */
  get length(): number {
    return this.#at;
  }

  bool(value: boolean): void {
    const at = this.#reserve(1);
    this.#view.setUint8(at, value ? 1 : 0);
  }

  int(value: number): void {
    const at = this.#reserve(4);
    this.#view.setInt32(at, value);
  }

  long(value: bigint): void {
    const at = this.#reserve(8);
    this.#view.setBigInt64(at, value);
  }

  /** Throws a TypeError for a string with a lone surrogate: it has no UTF-8 and would change silently. */
  string(value: string): void {
    const { length } = value;
    const start = this.#reserve(4 + length * 3) + 4;
    const ascii = length <= shortString && this.#writeAscii(value, start);
    if (!ascii && !value.isWellFormed()) {
      this.#at = start - 4;
      throw new TypeError('a string with a lone surrogate cannot be encoded');
    }
    const written = ascii ? length : this.#bytes.write(value, start, 'utf8');
    this.#view.setInt32(start - 4, written);
    this.#at = start + written;
  }

  /** Bytes, or what their base64 text stands for. */
  buffer(value: Uint8Array | { readonly base64: string } | null): void {
    if (value === null) {
      this.int(-1);
      return;
    }
    if ('base64' in value) {
      this.#base64(value.base64);
      return;
    }
    const start = this.#reserve(4 + value.length);
    this.#view.setInt32(start, value.length);
    this.#bytes.set(value, start + 4);
  }

  #base64(text: string): void {
    const start = this.#reserve(4 + Math.ceil((text.length * 3) / 4));
    const written = this.#bytes.write(text, start + 4, 'base64');
    this.#view.setInt32(start, written);
    this.#at = start + 4 + written;
  }

  strings(values: readonly string[]): void {
    this.int(values.length);
    for (const value of values) this.string(value);
  }

  /** Starts a frame; returns the mark for {@link endFrame} or {@link rewind}. */
  beginFrame(): number {
    return this.#reserve(4);
  }

  /** Writes the length of the frame begun at `mark`; returns it, without its own 4 bytes. */
  endFrame(mark: number): number {
    const length = this.#at - mark - 4;
    this.#view.setInt32(mark, length);
    return length;
  }

  /** Forgets everything from `mark` on, e.g. a frame whose encoding threw. */
  rewind(mark: number): void {
    this.#at = mark;
  }

  /** What was written; the writer goes on in another buffer, as this one now belongs to the socket. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#at);
    const next = Math.max(smallest, Math.min(this.#at * 2, largestKept));
    this.#bytes = this.#spare ?? Buffer.allocUnsafeSlow(next);
    this.#spare = undefined;
    this.#view = viewOf(this.#bytes);
    this.#at = 0;
    return taken;
  }

  /** The socket is done with what was taken: large buffers are written again, as new ones cost more than filling them. */
  giveBack(taken: Buffer): void {
    const size = taken.buffer.byteLength;
    if (size >= (this.#spare?.length ?? smallestSpare) && size <= largestSpare)
      this.#spare = Buffer.from(taken.buffer);
  }

  #writeAscii(value: string, start: number): boolean {
    const bytes = this.#bytes;
    for (let i = 0; i < value.length; i++) {
      const unit = value.charCodeAt(i);
      if (unit > 0x7f) return false;
      bytes[start + i] = unit;
    }
    return true;
  }

  #reserve(length: number): number {
    const at = this.#at;
    const needed = at + length;
    if (needed > this.#bytes.length) this.#grow(needed);
    this.#at = needed;
    return at;
  }

  #grow(needed: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, needed));
    this.#bytes.copy(grown, 0, 0, this.#at);
    this.#bytes = grown;
    this.#view = viewOf(grown);
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
