import { open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Creates a file that only its owner may read, durably. Fails with the system error `EEXIST` when it is there. */
export async function createDurable(file: string, content: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncDirectory(dirname(file));
}

/** Makes the names in a directory survive a crash. Windows keeps them by itself. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
