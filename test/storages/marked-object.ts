/* Objects that show whether they are whole: every chunk names the object's mark and its own place. */

export const CHUNKS = 24;
const CHUNK_BYTES = 64 * 1024;

export function chunkOf(mark: number, at: number): Buffer {
  return Buffer.alloc(CHUNK_BYTES, `mark ${mark} chunk ${at};`);
}

/** The mark of a whole object; undefined when anything of it is missing or wrong. */
export function markOf(bytes: Buffer): number | undefined {
  const mark = Number(/^mark (\d+) /.exec(bytes.subarray(0, 32).toString('latin1'))?.[1]);
  const chunks = Array.from({ length: CHUNKS }, (_, at) => chunkOf(mark, at));
  return bytes.equals(Buffer.concat(chunks)) ? mark : undefined;
}
