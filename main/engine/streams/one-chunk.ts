/** Bytes that are at hand, as the stream that a storage's `write` takes. */
export async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
