import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { systemTools } from './system-tools.ts';

const PROJECT = join(import.meta.dirname, '..', '..', '..');
const BUILDER = join(PROJECT, 'node_modules', 'electron-builder', 'cli.js');
const VITE = join(PROJECT, 'node_modules', 'vite', 'bin', 'vite.js');
/** What is made before, each time anew: the pages and the bundled shell. */
const BUILDS = [
  [VITE, 'build', join(PROJECT, 'renderer'), '--logLevel', 'warn'],
  [join(PROJECT, 'main', 'desktop', 'build.ts')],
];
/** Anything else makes pages for development, which name the files that they were made of. */
const AS_SHIPPED = { NODE_ENV: 'production' };

/** The folder of an unpacked Electron to take instead of a download; the npm package `electron` knows it too. */
const ELECTRON = 'ELECTRON_OVERRIDE_DIST_PATH';
/** Our own flag: the tools of this machine instead of electron-builder's downloads. */
const SYSTEM_TOOLS = '--system-tools';

/**
 * `npm run package -- …`: builds the pages and the shell, then calls electron-builder with the same arguments; without
 * any it makes the unpacked directory for this system.
 */
async function makePackage(args: readonly string[]): Promise<void> {
  const forBuilder = args.filter((arg) => arg !== SYSTEM_TOOLS);
  const tools = args.includes(SYSTEM_TOOLS) ? await systemTools(join(PROJECT, 'dist', 'tools')) : {};
  for (const build of BUILDS) await runNode(build, AS_SHIPPED);
  const wanted = forBuilder.length > 0 ? forBuilder : ['--dir'];
  await runNode([BUILDER, ...wanted, '--publish', 'never', ...(await electronArguments())], tools);
}

async function electronArguments(): Promise<string[]> {
  const given = process.env[ELECTRON];
  if (!given) return [];
  const folder = resolve(given);
  const version = (await readFile(join(folder, 'version'), 'utf8')).trim().replace(/^v/, '');
  return [`-c.electronDist=${folder}`, `-c.electronVersion=${version}`];
}

async function runNode(args: readonly string[], env: Readonly<Record<string, string>>): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd: PROJECT,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  const [code, signal] = await once(child, 'close');
  if (code !== 0) throw new Error(`${args[0]} ended with ${signal ?? `exit code ${code}`}`);
}

await makePackage(process.argv.slice(2));
