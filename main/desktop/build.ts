import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build } from 'vite';

const PROJECT = join(import.meta.dirname, '..', '..');
const BUILT = join(import.meta.dirname, 'dist');
/** What the shell is made from: parts of the engine and `shared` come along. */
const SOURCES = ['main/**/*.ts', 'shared/**/*.ts', 'package-lock.json'];
/** The oldest Electron that the program runs in has Node 16 and Chrome 108. */
const TARGETS = { main: 'node16', preload: 'chrome108' } as const;
const ENTRIES = { main: 'main/entries/desktop.ts', preload: 'main/desktop/preload.ts' } as const;

/**
 * Bundles the shell for Electron unless that is newer than all it is made from: `dist/main.cjs`, `dist/preload.cjs` and
 * the `package.json` that names them. Electron takes no TypeScript, and a sandboxed preload script is one file.
 */
export async function buildShellIfStale(): Promise<void> {
  const built = statSync(join(BUILT, 'package.json'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const newest = globSync(SOURCES, { cwd: PROJECT }).reduce(
    (latest, path) => Math.max(latest, statSync(join(PROJECT, path)).mtimeMs),
    0,
  );
  if (built > newest) return;
  for (const name of ['main', 'preload'] as const) await bundle(name);
  writeFileSync(join(BUILT, 'package.json'), `${JSON.stringify(description(), null, 2)}\n`);
}

async function bundle(name: 'main' | 'preload'): Promise<void> {
  await build({
    root: PROJECT,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: join(PROJECT, ENTRIES[name]),
      outDir: BUILT,
      emptyOutDir: false,
      target: TARGETS[name],
      minify: false,
      rolldownOptions: {
        external: ['electron', ...builtinModules, /^node:/],
        output: { format: 'cjs', entryFileNames: `${name}.cjs`, codeSplitting: false },
      },
    },
  });
}

/** What Electron reads of the program. */
function description(): object {
  const { name, version, license } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
  return {
    name,
    productName: 'Holdfast',
    version,
    license,
    main: 'main.cjs',
    desktopName: 'holdfast.desktop',
  };
}

if (import.meta.main) await buildShellIfStale();
