import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { readArguments } from '../arguments.ts';
import { electronBinary } from './electron-binary.ts';
import { planWithoutWindow } from './without-window.ts';

const EXIT_INPUT = 2;
const PROJECT = join(import.meta.dirname, '..', '..', '..');
const SHELL = join(PROJECT, 'main', 'desktop', 'dist');
/** Milliseconds: a program that ends this soon, and not well, cannot run on this system at all. */
const AT_ONCE = 10_000;
/** How Chromium ends where the system lacks what it needs. */
const CRASHES = ['SIGTRAP', 'SIGABRT', 'SIGILL', 'SIGSEGV'];

/*
 * `npm start`: Holdfast in a window of its own where Electron can be had, else in the browser; says which. Arguments
 * go on to the desktop program: `npm start -- --data-dir DIR`, `-- --connect URL`, `-- archive.tar.gz`.
 */
const given = process.argv.slice(2);
// Ctrl-C reaches the program itself; this one waits until that has ended.
process.on('SIGINT', () => {});
process.exitCode = (await inWindow()) ?? (await inBrowser());

/** The exit code of the desktop program; undefined when it cannot run here. */
async function inWindow(): Promise<number | undefined> {
  if (!hasScreen()) return cannot('there is no screen here');
  let binary: string;
  try {
    binary = await electronBinary(process.env, process.platform);
  } catch (error) {
    return cannot(`Electron is not to be had: ${error instanceof Error ? error.message : error}`);
  }
  console.log(`Opening Holdfast in its own window (${binary}).`);
  const started = performance.now();
  const { code, signal } = await run(binary, [...rootFlags(), SHELL, ...given]);
  const isRefused = CRASHES.includes(signal ?? '') && performance.now() - started < AT_ONCE;
  return isRefused ? cannot(`Electron ended at once by ${signal}`) : (code ?? 1);
}

/** Chromium's sandbox does not run as root. */
function rootFlags(): readonly string[] {
  if (process.getuid?.() !== 0) return [];
  console.log('Started as root: without Chromium’s sandbox. A user of your own is safer.');
  return ['--no-sandbox'];
}

async function inBrowser(): Promise<number> {
  const { words, command } = planWithoutWindow(readArguments(given, process.cwd(), process.platform));
  for (const line of words) console.log(line);
  if (command === undefined) return EXIT_INPUT;
  const { code } = await run(process.execPath, [join(PROJECT, 'main', 'entries', 'cli.ts'), ...command]);
  return code ?? 1;
}

function cannot(why: string): undefined {
  console.log(`No window of its own: ${why}.`);
  return undefined;
}

function hasScreen(): boolean {
  if (process.platform !== 'linux') return true;
  return [process.env.DISPLAY, process.env.WAYLAND_DISPLAY].some((name) => name !== undefined && name !== '');
}

function run(
  program: string,
  args: readonly string[],
): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}
