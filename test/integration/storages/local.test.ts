import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  chmod,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Storage } from '../../../main/storages/contract.ts';
import { STAGING } from '../../../main/storages/local/layout.ts';
import local from '../../../main/storages/local.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { all, collect, someBytes, stream } from '../../storages/bytes.ts';
import { storageContext } from '../../storages/storage-context.ts';
import { canMount, mounted } from '../../storages/tmpfs.ts';

const isRoot = process.getuid?.() === 0;

let work: string;
let directory: string;

beforeEach(() => {
  work = workFolder('local-dir');
  directory = join(work, 'root');
});

afterEach(() => removeWorkFolder(work));

function open(more: { create?: boolean; groupAccess?: 'none' | 'read' | 'write' } = {}): Promise<Storage> {
  return local.connect(local.options.parse({ directory, ...more }), storageContext);
}

async function paths(storage: Storage, prefix = ''): Promise<string[]> {
  return (await all(storage.list(prefix))).map(({ path }) => path).sort();
}

describe('the directory', () => {
  test('is created, unless that is turned off', async () => {
    await expect(open({ create: false })).rejects.toMatchObject({ code: 'storage.no-directory' });
    expect(existsSync(directory)).toBe(false);
    await open();
    await open({ create: false });
  });

  test('may be reached through a link, and objects may be of other programs', async () => {
    await mkdir(join(work, 'real'));
    await symlink(join(work, 'real'), directory);
    const storage = await open();
    await writeFile(join(work, 'real', 'foreign.tar.gz'), 'bytes');
    await storage.write('d/o', stream(someBytes(5)));
    expect(await paths(storage)).toEqual(['d/o', 'foreign.tar.gz']);
    expect((await collect(storage.read('foreign.tar.gz'))).toString()).toBe('bytes');
  });

  test('that is a file is refused', async () => {
    await writeFile(directory, 'x');
    await expect(open({ create: false })).rejects.toMatchObject({ code: 'storage.bad-path' });
  });

  test('that has gone, or is another one now, is an error and never an empty storage', async () => {
    const storage = await open();
    await storage.write('o', stream(someBytes(5)));
    await rename(directory, `${directory}.away`);
    const gone = { code: 'storage.no-directory' };
    const everyCallFails = async () => {
      await expect(storage.stat('o')).rejects.toMatchObject(gone);
      await expect(all(storage.list(''))).rejects.toMatchObject(gone);
      await expect(collect(storage.read('o'))).rejects.toMatchObject(gone);
      await expect(storage.remove('o')).rejects.toMatchObject(gone);
      await expect(storage.write('p', stream(someBytes(1)))).rejects.toMatchObject(gone);
    };
    await everyCallFails();
    expect(existsSync(directory)).toBe(false);
    await mkdir(directory);
    await everyCallFails();
    expect(await readdir(directory)).toEqual([]);
    await rm(directory, { recursive: true });
    await rename(`${directory}.away`, directory);
    expect(await paths(storage)).toEqual(['o']);
  });

  test.each([
    ['none', 0o600, 0o700],
    ['read', 0o640, 0o750],
    ['write', 0o660, 0o770],
  ] as const)('gives the group the access "%s", whatever the umask is', async (groupAccess, file, folder) => {
    const before = process.umask(0o077);
    try {
      for (const umask of [0o077, 0o000]) {
        process.umask(umask);
        const storage = await open({ groupAccess });
        await storage.write(`d${umask}/o`, stream(someBytes(5)));
        expect((await lstat(join(directory, `d${umask}`))).mode & 0o777).toBe(folder);
        expect((await lstat(join(directory, `d${umask}`, 'o'))).mode & 0o777).toBe(file);
      }
    } finally {
      process.umask(before);
    }
  });
});

describe('links inside the root', () => {
  let storage: Storage;
  let outside: string;

  beforeEach(async () => {
    storage = await open();
    outside = join(work, 'outside');
    await mkdir(join(outside, 'sub'), { recursive: true });
    await writeFile(join(outside, 'secret'), 'secret');
    await symlink(outside, join(directory, 'to-directory'));
    await symlink(join(outside, 'secret'), join(directory, 'to-file'));
    await symlink(join(outside, 'nowhere'), join(directory, 'to-nothing'));
    await mkdir(join(directory, 'inside'));
    await writeFile(join(directory, 'inside', 'o'), 'inside');
    await symlink(join(directory, 'inside'), join(directory, 'to-inside'));
  });

  test('are not followed by reads, lists and removals', async () => {
    expect(await paths(storage)).toEqual(['inside/o']);
    expect(await all(storage.directories(''))).toEqual(['inside']);
    for (const prefix of ['to-directory', 'to-directory/sub', 'to-inside']) {
      expect(await paths(storage, prefix)).toEqual([]);
      expect(await all(storage.directories(prefix))).toEqual([]);
    }
    for (const path of ['to-file', 'to-directory/secret', 'to-nothing', 'to-inside/o']) {
      expect(await storage.stat(path)).toBeUndefined();
      await expect(collect(storage.read(path))).rejects.toMatchObject({ code: 'storage.missing' });
      await storage.remove(path);
    }
    expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret');
    expect(await readdir(join(directory, 'inside'))).toEqual(['o']);
  });

  test('are not written through', async () => {
    for (const path of [
      'to-directory/new',
      'to-directory/sub/new',
      'to-directory/a/b',
      'to-inside/new',
      'to-nothing/new',
    ]) {
      for (const ifAbsent of [false, true]) {
        await expect(storage.write(path, stream(someBytes(1)), { ifAbsent })).rejects.toMatchObject({
          code: 'storage.bad-path',
        });
      }
    }
    expect((await readdir(outside)).sort()).toEqual(['secret', 'sub']);
    expect(await readdir(join(outside, 'sub'))).toEqual([]);
    expect(await readdir(join(directory, 'inside'))).toEqual(['o']);
  });

  test('in the place of an object are replaced, not followed', async () => {
    await storage.write('to-file', stream(Buffer.from('ours')));
    expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret');
    expect((await collect(storage.read('to-file'))).toString()).toBe('ours');
  });
});

describe('names on disk', () => {
  test('are readable, escaped where some system needs it, and foreign ones that cannot be ours are not shown', async () => {
    const storage = await open();
    await storage.write('a%2Fb_20240101/7:CON', stream(someBytes(1)));
    expect(await readdir(join(directory, 'a%2Fb_20240101'))).toEqual(['7=3ACON']);
    await writeFile(join(directory, 'foreign=41'), 'x');
    await writeFile(join(directory, 'foreign:'), 'x');
    expect(await paths(storage)).toEqual(['a%2Fb_20240101/7:CON']);
  });

  test('the staging directory cannot be addressed', async () => {
    const storage = await open();
    for (const name of [STAGING, STAGING.toUpperCase()]) {
      await storage.write(`${name}/o`, stream(someBytes(3)));
      expect((await storage.stat(`${name}/o`))?.size).toBe(3);
    }
    await storage.sweep(new Date('2999-01-01'));
    expect(await paths(storage)).toEqual([`${STAGING.toUpperCase()}/o`, `${STAGING}/o`].sort());
    expect(await readdir(join(directory, STAGING))).toEqual([]);
  });

  test('too long a name or path is refused, whole', async () => {
    const storage = await open();
    const deep = Array.from({ length: 30 }, () => 'd'.repeat(200)).join('/');
    for (const path of ['n'.repeat(256), deep]) {
      await expect(storage.write(path, stream(someBytes(1)))).rejects.toMatchObject({
        code: 'storage.bad-path',
      });
    }
    expect(await paths(storage)).toEqual([]);
  });

  test('an object cannot be a directory too', async () => {
    const storage = await open();
    await storage.write('a', stream(someBytes(1)));
    await storage.write('d/o', stream(someBytes(2)));
    await expect(storage.write('a/b', stream(someBytes(1)))).rejects.toMatchObject({
      code: 'storage.bad-path',
    });
    await expect(storage.write('d', stream(someBytes(1)))).rejects.toMatchObject({
      code: 'storage.bad-path',
    });
    await storage.remove('d');
    expect(await paths(storage)).toEqual(['a', 'd/o']);
  });
});

describe('what interrupted writes leave', () => {
  test('is swept when it is old enough, and never listed', async () => {
    const storage = await open();
    await storage.write('o', stream(someBytes(1)));
    const old = new Date('2020-01-01T00:00:00Z');
    for (const name of ['old.part', 'young.part']) await writeFile(join(directory, STAGING, name), 'half');
    await utimes(join(directory, STAGING, 'old.part'), old, old);
    expect(await paths(storage)).toEqual(['o']);
    expect(await storage.sweep(new Date('2021-01-01T00:00:00Z'))).toBe(1);
    expect(await readdir(join(directory, STAGING))).toEqual(['young.part']);
  });

  test('a staged file that is swept away under a writer makes the write fail', async () => {
    const storage = await open();
    async function* data() {
      yield someBytes(10);
      await storage.sweep(new Date('2999-01-01'));
    }
    await expect(storage.write('o', data())).rejects.toMatchObject({ code: 'storage.failed' });
    expect(await paths(storage)).toEqual([]);
  });
});

describe.skipIf(!canMount())('on a real file system of its own', () => {
  test('a full disk is storage.full, shows no half object, and takes the next one that fits', async () => {
    await mkdir(directory);
    await mounted(directory, '4m', async () => {
      const storage = await open();
      await storage.write('first', stream(someBytes(2_000_000)));
      const chunks = Array.from({ length: 40 }, (_, seed) => someBytes(100_000, seed + 1));
      for (const path of ['second', 'first']) {
        await expect(storage.write(path, stream(...chunks))).rejects.toMatchObject({ code: 'storage.full' });
      }
      expect(await paths(storage)).toEqual(['first']);
      expect((await collect(storage.read('first'))).equals(someBytes(2_000_000))).toBe(true);
      expect(await readdir(join(directory, STAGING))).toEqual([]);
      await storage.write('third', stream(someBytes(1_000_000)));
      const { total, free } = await storage.usage();
      expect(total).toBe(4 * 1024 * 1024);
      expect(free).toBeLessThan(1_200_000);
    });
  });

  test('a read-only file system is storage.denied, and can be read', async () => {
    await mkdir(directory);
    await mounted(directory, '1m', async () => {
      await (await open()).write('o', stream(someBytes(9)));
      execFileSync('mount', ['-o', 'remount,ro', directory]);
      const storage = await open();
      await expect(storage.write('p', stream(someBytes(1)))).rejects.toMatchObject({
        code: 'storage.denied',
      });
      await expect(storage.remove('o')).rejects.toMatchObject({ code: 'storage.denied' });
      expect((await collect(storage.read('o'))).length).toBe(9);
    });
  });

  test('another file system inside the root is refused for writing, and said to be one', async () => {
    await mkdir(join(directory, 'inner'), { recursive: true });
    await mounted(join(directory, 'inner'), '1m', async () => {
      const storage = await open();
      for (const ifAbsent of [false, true]) {
        await expect(storage.write('inner/o', stream(someBytes(1)), { ifAbsent })).rejects.toMatchObject({
          code: 'storage.bad-path',
        });
      }
      expect(await paths(storage)).toEqual([]);
    });
  });

  test('a storage that is mounted over is not taken for an empty one', async () => {
    const storage = await open();
    await storage.write('o', stream(someBytes(1)));
    await mounted(directory, '1m', async () => {
      await expect(all(storage.list(''))).rejects.toMatchObject({ code: 'storage.no-directory' });
      await expect(storage.write('p', stream(someBytes(1)))).rejects.toMatchObject({
        code: 'storage.no-directory',
      });
      expect(await readdir(directory)).toEqual([]);
    });
    expect(await paths(storage)).toEqual(['o']);
  });
});

test.skipIf(isRoot)('a directory without write permission is storage.denied', async () => {
  const storage = await open();
  await storage.write('d/o', stream(someBytes(1)));
  await chmod(join(directory, 'd'), 0o500);
  await expect(storage.write('d/p', stream(someBytes(1)))).rejects.toMatchObject({ code: 'storage.denied' });
  await chmod(join(directory, 'd'), 0o700);
});
