import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { cachedFolder } from '../../servers/cache.ts';
import { workFolder } from '../../servers/processes.ts';

afterEach(() => vi.unstubAllEnvs());

test('many callers at once build a folder one time and all see it finished', async () => {
  vi.stubEnv('HOLDFAST_CACHE', workFolder('cache'));
  let builds = 0;
  const build = async (folder: string) => {
    builds += 1;
    await Promise.resolve();
    writeFileSync(join(folder, 'jar'), 'content');
  };
  const folders = await Promise.all(
    Array.from({ length: 8 }, async () => await cachedFolder('jars', 'key', build)),
  );
  expect(new Set(folders).size).toBe(1);
  expect(builds).toBe(1);
  expect(readdirSync(folders[0] ?? '')).toEqual(['jar']);
});

test('a failed build leaves nothing behind and the next caller builds again', async () => {
  const root = workFolder('cache');
  vi.stubEnv('HOLDFAST_CACHE', root);
  const failing = cachedFolder('jars', 'key', async (folder) => {
    writeFileSync(join(folder, 'half'), '');
    throw new Error('no network');
  });
  await expect(failing).rejects.toThrow('no network');
  expect(readdirSync(join(root, 'jars'))).toEqual([]);
  const folder = await cachedFolder('jars', 'key', async (empty) => writeFileSync(join(empty, 'whole'), ''));
  expect(readdirSync(folder)).toEqual(['whole']);
});

test('the lock of a dead process does not hold anybody up', async () => {
  const root = workFolder('cache');
  vi.stubEnv('HOLDFAST_CACHE', root);
  await cachedFolder('jars', 'first', async () => undefined);
  // Above Linux's largest process id, so surely of nobody alive.
  writeFileSync(join(root, 'jars', 'lock'), '4194305');
  const folder = await cachedFolder('jars', 'second', async () => undefined);
  expect(existsSync(folder)).toBe(true);
});
