import { JuteFormatError } from './jute-reader.ts';

/** Takes the body of one frame: `[start, end)` of `bytes`, which `view` covers too. */
export type FrameSink = (bytes: Buffer, view: DataView, start: number, end: number) => void;

const headerBytes = 4;

/**
 * Cuts a byte stream into frames of a 4-byte length and a body. A frame that lies within one chunk is
 * handed on in place; only one that spans chunks is put together in a buffer of its own.
 */
export class FrameSplitter {
  #largest: number;
  #sink: FrameSink;
  #header = Buffer.alloc(headerBytes);
  #headerFilled = 0;
  #body: Buffer | undefined;
  #bodyFilled = 0;

  /** `largest`: bytes of the longest body to accept. */
  constructor(largest: number, sink: FrameSink) {
    this.#largest = largest;
    this.#sink = sink;
  }

  /** Throws {@link JuteFormatError} at a length that is negative or above the limit. */
  push(chunk: Buffer): void {
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let at = this.#finishPending(chunk);
    while (chunk.length - at >= headerBytes) {
      const length = this.#checked(view.getInt32(at));
      at += headerBytes;
      if (chunk.length - at < length) {
        this.#begin(length);
        this.#fill(chunk, at);
        return;
      }
      this.#sink(chunk, view, at, at + length);
      at += length;
    }
    this.#headerFilled += chunk.copy(this.#header, this.#headerFilled, at);
  }

  /** Completes what earlier chunks began; returns how far this chunk is used up. */
  #finishPending(chunk: Buffer): number {
    let at = 0;
    if (this.#headerFilled > 0) {
      at = chunk.copy(this.#header, this.#headerFilled, 0, headerBytes - this.#headerFilled);
      this.#headerFilled += at;
      if (this.#headerFilled < headerBytes) return at;
      this.#headerFilled = 0;
      this.#begin(this.#checked(this.#header.readInt32BE(0)));
    }
    return this.#body === undefined ? at : this.#fill(chunk, at);
  }

  #begin(length: number): void {
    this.#body = Buffer.allocUnsafeSlow(length);
    this.#bodyFilled = 0;
  }

  #fill(chunk: Buffer, from: number): number {
    const body = this.#body;
    if (body === undefined) return from;
    const copied = chunk.copy(body, this.#bodyFilled, from);
    this.#bodyFilled += copied;
    if (this.#bodyFilled === body.length) {
      this.#body = undefined;
      this.#sink(body, new DataView(body.buffer, body.byteOffset, body.byteLength), 0, body.length);
    }
    return from + copied;
  }

  #checked(length: number): number {
    if (length >= 0 && length <= this.#largest) return length;
    throw new JuteFormatError(`a frame of ${length} bytes is outside 0 to ${this.#largest}`);
  }
}
