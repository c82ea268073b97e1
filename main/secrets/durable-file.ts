import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncDirectory } from '../files/sync-directory.ts';

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
