import { link, mkdir } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { HoldfastError } from '../../shared/errors/error.ts';
import { field } from '../../shared/options/field.ts';
import { classify } from '../files/classify.ts';
import { errnoOf } from '../files/system-errors.ts';
import { defineStorage } from './contract.ts';
import { Layout, type Modes } from './local/layout.ts';
import { LocalStorage } from './local/storage.ts';

const MODES: { readonly [access in 'none' | 'read' | 'write']: Modes } = {
  none: { file: 0o600, directory: 0o700 },
  read: { file: 0o640, directory: 0o750 },
  write: { file: 0o660, directory: 0o770 },
};

const options = z.object({
  directory: field(z.string().refine(isAbsolute, 'an absolute path is needed'), {
    label: { en: 'Directory', zh: '目录' },
    help: {
      en: 'Absolute path on the machine that runs Holdfast. A mounted disk or share is fine.',
      zh: '运行 Holdfast 的机器上的绝对路径，可以是已挂载的磁盘或共享。',
    },
    widget: 'path',
    example: '/var/backups/holdfast',
  }),
  create: field(z.boolean().default(true), {
    label: { en: 'Create the directory', zh: '创建目录' },
    help: {
      en: 'Turn off for a mount point: archives then never land on the system disk while nothing is mounted.',
      zh: '若目录是挂载点请关闭，以免未挂载时归档写入系统盘。',
    },
    advanced: true,
  }),
  groupAccess: field(z.enum(['none', 'read', 'write']).default('none'), {
    label: { en: 'Access for the group', zh: '组访问权限' },
    help: {
      en: 'What members of the owning group may do with the files. Others have no access. Without effect on Windows.',
      zh: '所属组成员对文件的权限，其他用户无权访问。在 Windows 上无效。',
    },
    advanced: true,
  }),
});

/** LocalDir: a directory of this machine. */
export default defineStorage({
  id: 'local',
  label: { en: 'LocalDir', zh: '本地目录' },
  summary: {
    en: 'A directory on the machine that runs Holdfast, or anything mounted there.',
    zh: '运行 Holdfast 的机器上的目录，或挂载在该处的存储。',
  },
  options,
  capabilities: { localPath: true, reportsSpace: true },
  account: {
    en: 'The user that runs Holdfast needs to read, write and enter the directory and everything in it. To create the directory it needs to write the one above.',
    zh: '运行 Holdfast 的用户需要对该目录及其中所有内容具有读、写和进入权限。创建该目录时需要对其上级目录具有写权限。',
  },
  async connect({ directory, create, groupAccess }, context) {
    context.signal?.throwIfAborted();
    const modes = MODES[groupAccess];
    try {
      if (create) await mkdir(directory, { recursive: true, mode: modes.directory });
      return new LocalStorage(await Layout.at(directory, modes), context, link);
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw classify(error, directory);
      throw new HoldfastError('storage.no-directory', { path: directory }, error);
    }
  },
});
