import { mkdir, mkdtemp, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from './processes.ts';

/** Where downloads and compiled checkers live: `$HOLDFAST_CACHE`, else `~/.cache/holdfast`. */
function cacheRoot(): string {
  return process.env.HOLDFAST_CACHE || join(homedir(), '.cache', 'holdfast');
}

/**
 * The folder `<cache>/<kind>/<key>`, built on first use by `build`, which is given an empty folder to fill.
 * The folder appears whole or not at all (rename), so a killed build leaves nothing that looks finished.
 * One build of a `kind` runs at a time across processes: Maven's own repository is not safe for two writers.
 */
export async function cachedFolder(
  kind: string,
  key: string,
  build: (folder: string) => Promise<void>,
): Promise<string> {
  const parent = join(cacheRoot(), kind);
  const folder = join(parent, key);
  if (await exists(folder)) return folder;
  await mkdir(parent, { recursive: true });
  const unlock = await lock(join(parent, 'lock'));
  try {
    if (await exists(folder)) return folder;
    const unfinished = await mkdtemp(join(parent, '.building-'));
    try {
      await build(unfinished);
      await renameUnlessThere(unfinished, folder);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  } finally {
    await unlock();
  }
  return folder;
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

async function renameUnlessThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!(await exists(to))) throw error;
  }
}

/**
 * Takes the lock file, waiting for a living holder. A dead holder's lock is removed; should two waiters do so
 * at once both may build, which costs time but not correctness, because the rename decides.
 */
async function lock(path: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return async () => await rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    if (holder > 0 && !isAlive(holder)) await rm(path, { force: true });
    else await delay(100);
  }
}
