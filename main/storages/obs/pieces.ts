/** A stretch of a stream. */
export interface Piece {
  readonly bytes: Buffer;
  /** Nothing follows. */
  readonly last: boolean;
}

/** Cuts a stream into pieces of `size` bytes; the last may be shorter, and of an empty stream it is empty. */
export async function* inPieces(data: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Piece> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of data) {
    let rest = chunk;
    // A full piece waits for the first byte behind it: only then it is not the last.
    while (length + rest.length > size) {
      held.push(rest.subarray(0, size - length));
      rest = rest.subarray(size - length);
      const bytes = Buffer.concat(held);
      held = [];
      length = 0;
      yield { bytes, last: false };
    }
    if (rest.length > 0) held.push(rest);
    length += rest.length;
  }
  yield { bytes: Buffer.concat(held), last: true };
}
