import { open } from 'node:fs/promises';
import { unless } from './system-errors.ts';

/** What file systems answer that cannot sync a directory. */
const NO_SYNC = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP'];

/** Makes the names in a directory survive a crash, where the platform and the file system can. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await unless(NO_SYNC, handle.sync());
  } finally {
    await handle.close();
  }
}
