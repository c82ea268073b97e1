import { type FileHandle, open } from 'node:fs/promises';
import { withSignal } from '../../../shared/abort.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { ByteSource } from '../../archive/index.ts';
import { classified } from '../../files/classify.ts';

/** A file of this machine, for the archive's reader and for listing from its start. */
export interface FileBytes extends ByteSource {
  whole(signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

/** Runs the work with an open file. @throws HoldfastError of the table, as `classify` has it */
export async function usingFile<T>(path: string, work: (file: FileBytes) => Promise<T>): Promise<T> {
  const handle = await openFile(path);
  try {
    const { size } = await handle.stat();
    return await work({
      size,
      read: (offset, length, signal) => readRange(handle, path, offset, length, signal),
      whole: (signal) => handle.createReadStream({ start: 0, autoClose: false, ...withSignal(signal) }),
    });
  } finally {
    await handle.close();
  }
}

async function readRange(
  handle: FileHandle,
  path: string,
  offset: number,
  length: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  signal?.throwIfAborted();
  const bytes = Buffer.allocUnsafe(length);
  const { bytesRead } = await classified(path, () => handle.read(bytes, 0, length, offset));
  if (bytesRead === length) return bytes;
  throw new HoldfastError('storage.truncated', { path, expected: length, actual: bytesRead });
}

function openFile(path: string): Promise<FileHandle> {
  return classified(path, () => open(path, 'r'));
}
