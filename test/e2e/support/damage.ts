import { open, stat } from 'node:fs/promises';

/** Flips a bit in the middle of a file, as a failing disk would; its size and time of change stay. */
export async function damageFile(path: string): Promise<void> {
  const { size, atime, mtime } = await stat(path);
  const file = await open(path, 'r+');
  try {
    const position = Math.floor(size / 2);
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, position);
    byte.writeUInt8(byte.readUInt8() ^ 0x10);
    await file.write(byte, 0, 1, position);
    await file.utimes(atime, mtime);
  } finally {
    await file.close();
  }
}
