import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Milliseconds in which the place that Electron is downloaded from has to answer. */
const ANSWER_WITHIN = 8000;
const DOWNLOADS = 'https://github.com';

/** Where the program lies in Electron's folder. */
const PROGRAMS: Readonly<Record<string, string>> = {
  win32: 'electron.exe',
  darwin: 'Electron.app/Contents/MacOS/Electron',
};

/** The package `electron`: it brings a downloader, not the program. */
const PACKAGE = dirname(createRequire(import.meta.url).resolve('electron/package.json'));

/**
 * Electron's program, downloaded once when it is not there. `ELECTRON_OVERRIDE_DIST_PATH` names the folder of another
 * one, `ELECTRON_MIRROR` another place to download from.
 * @throws Error with why there is none, in one line
 */
export async function electronBinary(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
): Promise<string> {
  const program = PROGRAMS[platform] ?? 'electron';
  const given = env.ELECTRON_OVERRIDE_DIST_PATH;
  const binary = join(given || join(PACKAGE, 'dist'), program);
  if (existsSync(binary)) return binary;
  if (given) throw new Error(`${binary} is not there`);
  await download(env.ELECTRON_MIRROR || DOWNLOADS);
  if (!existsSync(binary)) throw new Error('its download left no program');
  return binary;
}

/** Fails at once where the place cannot be reached: the downloader itself would try for minutes. */
async function download(from: string): Promise<void> {
  await fetch(from, { method: 'HEAD', signal: AbortSignal.timeout(ANSWER_WITHIN) }).catch(
    (error: unknown) => {
      throw new Error(`${new URL(from).host} cannot be reached (${reasonOf(error)})`, { cause: error });
    },
  );
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  console.log(`Fetching Electron ${version} once, about 120 MB…`);
  const child = spawn(process.execPath, [join(PACKAGE, 'install.js')], {
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0)
    throw new Error(`its download failed: ${said.trim().split('\n')[0] || `exit code ${code}`}`);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
