import type { link } from 'node:fs/promises';
import { Layout } from '../../../main/storages/local/layout.ts';
import { LocalStorage } from '../../../main/storages/local/storage.ts';
import local from '../../../main/storages/local.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { storageContext } from '../../storages/storage-context.ts';
import { storageConformance } from './suite.ts';

storageConformance({
  name: 'LocalDir',
  open: async () => {
    const directory = workFolder('local');
    const options = local.options.parse({ directory });
    return {
      storage: await local.connect(options, storageContext),
      cleanup: async () => removeWorkFolder(directory),
    };
  },
});

/** As FAT and exFAT answer. */
const noHardLinks: typeof link = async () => {
  throw Object.assign(new Error('operation not permitted'), { errno: -1, code: 'EPERM', syscall: 'link' });
};

storageConformance({
  name: 'LocalDir without hard links',
  open: async () => {
    const directory = workFolder('local-without-links');
    const layout = await Layout.at(directory, { file: 0o600, directory: 0o700 });
    return {
      storage: new LocalStorage(layout, storageContext, noHardLinks),
      cleanup: async () => removeWorkFolder(directory),
    };
  },
});
