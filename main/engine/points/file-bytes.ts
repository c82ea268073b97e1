import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { ByteSource } from '../../archive/index.ts';

/** A file of this machine, for the archive's reader and for listing from its start. */
export interface FileBytes extends ByteSource {
  whole(): AsyncIterable<Uint8Array>;
}

/** Runs the work with an open file. @throws HoldfastError `storage.missing`, `storage.denied` */
export async function usingFile<T>(path: string, work: (file: FileBytes) => Promise<T>): Promise<T> {
  const handle = await openFile(path);
  try {
    const { size } = await handle.stat();
    return await work({
      size,
      read: async (offset, length) => {
        const bytes = Buffer.allocUnsafe(length);
        const { bytesRead } = await handle.read(bytes, 0, length, offset);
        if (bytesRead === length) return bytes;
        throw new HoldfastError('storage.truncated', { path, expected: length, actual: bytesRead });
      },
      whole: () => createReadStream(path),
    });
  } finally {
    await handle.close();
  }
}

async function openFile(path: string): Promise<Awaited<ReturnType<typeof open>>> {
  try {
    return await open(path, 'r');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new HoldfastError('storage.missing', { path }, error);
    throw new HoldfastError('storage.denied', { path, problem: message }, error);
  }
}
