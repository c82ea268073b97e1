import { createHash } from 'node:crypto';

/** Bytes that look random but are the same every time: byte i depends on `seed` and i only. */
export function someBytes(length: number, seed = 1): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  for (let at = 0; at < length; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state & 0xff;
  }
  return bytes;
}

/** The chunks, one by one. */
export async function* stream(...chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

/** Gives one chunk and then never another. */
export async function* stalling(chunk: Uint8Array): AsyncGenerator<Uint8Array> {
  yield chunk;
  await new Promise(() => {});
}

export async function collect(data: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await all(data));
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
