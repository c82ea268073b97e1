import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Storage, WriteOptions } from '../../storages/contract.ts';
import { oneChunk } from '../streams/one-chunk.ts';

/** The object as text, at most its first `limit` bytes; undefined when it is not there. */
export async function readText(
  storage: Storage,
  path: string,
  limit: number,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of storage.read(path, undefined, signal)) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= limit) break;
    }
  } catch (error) {
    if (error instanceof HoldfastError && error.code === 'storage.missing') return undefined;
    throw error;
  }
  return Buffer.concat(chunks).subarray(0, limit).toString('utf8');
}

export async function writeText(
  storage: Storage,
  path: string,
  text: string,
  options: WriteOptions,
): Promise<void> {
  await storage.write(path, oneChunk(Buffer.from(text, 'utf8')), options);
}
