import { createHash, randomInt } from 'node:crypto';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Layout, STAGING } from '../../../main/storages/local/layout.ts';
import { LocalStorage } from '../../../main/storages/local/storage.ts';
import local from '../../../main/storages/local.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { all, collect, someBytes, stream } from '../../storages/bytes.ts';
import { nextLine, startChild } from '../../storages/child.ts';
import { CHUNKS, markOf } from '../../storages/marked-object.ts';
import { expectOneWinnerEach } from '../../storages/race-outcome.ts';
import { storageContext } from '../../storages/storage-context.ts';

const isRoot = process.getuid?.() === 0;
const script = new URL('../../storages/local-child.ts', import.meta.url);
let work: string;
let directory: string;

beforeEach(() => {
  work = workFolder('local-processes');
  directory = join(work, 'root');
});

afterEach(() => removeWorkFolder(work));

const open = () => local.connect(local.options.parse({ directory }), storageContext);

test('a writer killed at any point leaves only whole objects, and no leftovers after a sweep', async () => {
  let interrupted = 0;
  for (let round = 0; round < 20; round += 1) {
    const child = startChild(script, ['write-forever', directory, String(round * 1000)]);
    const lines = randomInt(1, 3 * (CHUNKS + 1));
    for (let line = 0; line < lines; line += 1) await nextLine(child);
    child.kill('SIGKILL');
    await child.ended;
    const storage = await open();
    for (const { path } of await all(storage.list(''))) {
      const mark = markOf(await collect(storage.read(path)));
      expect(mark, `${path} after ${lines} lines of round ${round}`).toBeDefined();
      if (path !== 'same/object') expect(path).toBe(`new/${mark}`);
    }
    interrupted += await storage.sweep(new Date('2999-01-01'));
    expect(await readdir(join(directory, STAGING))).toEqual([]);
  }
  // Else the kills came too late to prove anything.
  expect(interrupted).toBeGreaterThan(5);
});

test.each(['race', 'race-without-links'])(
  'of two processes exactly one creates each object (%s)',
  async (role) => {
    await mkdir(directory);
    await expectOneWinnerEach((name) => startChild(script, [role, directory, name]), 60, open);
    expect(await readdir(join(directory, STAGING))).toEqual([]);
  },
);

test('without hard links, a claim left by a process that died is broken', async () => {
  await mkdir(join(directory, STAGING), { recursive: true });
  const claim = `${createHash('sha256').update('o').digest('hex')}.claim`;
  await writeFile(join(directory, STAGING, claim), 'held by nobody');
  const layout = await Layout.at(directory, { file: 0o600, directory: 0o700 });
  const storage = new LocalStorage(layout, storageContext, async () => {
    throw Object.assign(new Error('no links'), { errno: -1, code: 'ENOTSUP' });
  });
  const abort = new AbortController();
  const reason = new Error('enough');
  const impatient = storage.write('o', stream(someBytes(3)), { ifAbsent: true, signal: abort.signal });
  abort.abort(reason);
  await expect(impatient).rejects.toBe(reason);
  await storage.write('o', stream(someBytes(3)), { ifAbsent: true });
  await expect(storage.write('o', stream(someBytes(4)), { ifAbsent: true })).rejects.toMatchObject({
    code: 'storage.exists',
  });
  expect(await readdir(join(directory, STAGING))).toEqual([]);
});

describe.skipIf(!isRoot)('a user without rights', () => {
  test('gets storage.denied, not "missing"', async () => {
    await mkdir(join(directory, 'private'), { recursive: true });
    await writeFile(join(directory, 'private', 'object'), 'x');
    await writeFile(join(directory, 'object'), 'x');
    await chmod(join(directory, 'private'), 0o700);
    // The way to the directory is open; so are its names, but not its parts.
    for (const folder of [work, directory]) await chmod(folder, 0o755);
    const child = startChild(script, ['without-rights', directory]);
    const denied = 'storage.denied';
    expect(await nextLine(child)).toEqual({ write: denied, read: denied, list: denied, remove: denied });
    expect(await child.ended).toBe(0);
  });
});

test.skipIf(process.platform === 'win32')(
  'a file size limit is storage.too-large and leaves nothing',
  async () => {
    const limited = ['/bin/sh', '-c', 'ulimit -f 100; exec "$@"', 'sh'];
    const child = startChild(script, ['write-one', directory, '1000000'], limited);
    expect(await nextLine(child)).toBe('storage.too-large');
    expect(await nextLine(child)).toBe(0);
    expect(await nextLine(child)).toBe(0);
    expect(await child.ended).toBe(0);
  },
);
