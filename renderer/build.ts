import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const PROJECT = join(import.meta.dirname, '..');
const BUILT = join(import.meta.dirname, 'dist', 'index.html');
/** What the pages are made from. */
const SOURCES = ['renderer/!(dist)', 'renderer/!(dist)/**', 'shared/**', 'package-lock.json'];

/** Builds the pages that a host serves, unless they are newer than all they are made from: it takes some seconds. */
export async function buildIfStale(): Promise<void> {
  const built = statSync(BUILT, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const newest = globSync(SOURCES, { cwd: PROJECT }).reduce(
    (latest, path) => Math.max(latest, statSync(join(PROJECT, path)).mtimeMs),
    0,
  );
  if (built > newest) return;
  await build({
    root: import.meta.dirname,
    configFile: join(import.meta.dirname, 'vite.config.ts'),
    logLevel: 'warn',
  });
}

if (import.meta.main) await buildIfStale();
