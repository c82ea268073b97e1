import { HoldfastError } from '../../../shared/errors/error.ts';
import type { ByteSource } from '../../archive/index.ts';
import type { Storage } from '../../storages/contract.ts';

/**
 * An object of a storage for the archive's reader: each read is one range read.
 * @throws HoldfastError `storage.missing`
 */
export async function byteSourceOf(
  storage: Storage,
  path: string,
  signal?: AbortSignal,
): Promise<ByteSource> {
  const object = await storage.stat(path, signal);
  if (object === undefined) throw new HoldfastError('storage.missing', { path });
  return {
    size: object.size,
    read: async (offset, length, readSignal) => {
      const bytes = Buffer.allocUnsafe(length);
      let filled = 0;
      for await (const chunk of storage.read(path, { offset, length }, readSignal)) {
        bytes.set(chunk, filled);
        filled += chunk.length;
      }
      return bytes;
    },
  };
}
