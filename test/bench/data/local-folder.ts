import { randomBytes } from 'node:crypto';
import type { Storage } from '../../../main/storages/contract.ts';
import local from '../../../main/storages/local.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';

/** A LocalDir storage in a folder that is removed with everything in it. */
export interface LocalFolder extends AsyncDisposable {
  readonly path: string;
  readonly storage: Storage;
}

export async function openLocalFolder(): Promise<LocalFolder> {
  const path = workFolder('bench');
  const storage = await local.connect(local.options.parse({ directory: path }), {
    now: () => new Date(),
    randomHex: (bytes) => randomBytes(bytes).toString('hex'),
  });
  return {
    path,
    storage,
    [Symbol.asyncDispose]: async () => {
      await storage.close();
      removeWorkFolder(path);
    },
  };
}
