import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { glob, mkdir, readdir, readFile, rename, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFuses } from '../../../main/desktop/package/fuse-wire.ts';
import { until } from '../../servers/condition.ts';
import { type Display, startDisplay } from '../../servers/display.ts';
import { electronDist } from '../../servers/electron.ts';
import { isAlive, type ServerProcess, startProcess, workFolder } from '../../servers/processes.ts';
import { type DevtoolsPage, findPage } from './devtools-page.ts';

/*
 * The directory that electron-builder makes for this system, by `npm run package` and a real Electron, then moved
 * elsewhere and started with an empty home and without a Node on PATH.
 */

const PROJECT = join(import.meta.dirname, '..', '..', '..');
const PATIENCE = 300_000;
const execute = promisify(execFile);

const folder = workFolder('package');
const home = join(folder, 'home');
const app = join(folder, 'moved app');
const program = join(app, 'holdfast-desktop');
const resources = join(app, 'resources');
/** As root, which tests often are, Chromium starts only without its sandbox. */
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const environment = (display: string, more: readonly string[] = []) => [
  '-i',
  `HOME=${home}`,
  `DISPLAY=${display}`,
  'PATH=/usr/bin:/bin',
  'LANG=en_US.UTF-8',
  'DBUS_SESSION_BUS_ADDRESS=disabled:',
  ...more,
];

let display: Display;
beforeAll(async () => {
  await mkdir(home);
  const output = join(folder, 'output');
  const args = [join(PROJECT, 'main', 'desktop', 'package', 'package.ts'), '--dir'];
  const env = { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: await electronDist() };
  await execute(process.execPath, [...args, `-c.directories.output=${output}`], { cwd: PROJECT, env });
  await rename(join(output, 'linux-unpacked'), app);
  display = await startDisplay();
}, PATIENCE);
afterAll(() => display[Symbol.asyncDispose]());

describe('the directory', () => {
  it('holds the shell in an archive, the engine beside it, and the licences', async () => {
    expect((await readdir(resources)).sort()).toEqual([
      'LICENSE.txt',
      'THIRD-PARTY-LICENCES.txt',
      'app.asar',
      'engine',
    ]);
    expect(await readdir(app)).toEqual(
      expect.arrayContaining(['LICENSE.electron.txt', 'LICENSES.chromium.html']),
    );
    expect(Object.keys(await filesOfArchive(join(resources, 'app.asar'))).sort()).toEqual([
      'main.cjs',
      'package.json',
      'preload.cjs',
    ]);
  });

  it('has a whole engine: nothing that was laid out is left behind', async () => {
    const staged = await filesBelow(join(PROJECT, 'dist', 'staged', `linux-${process.arch}`));
    const shipped = await filesBelow(resources);
    expect(shipped.filter((path) => path !== 'app.asar')).toEqual(staged);
  });

  it('has the fuses set: no Node of Electron to be had, no inspector, no other code', async () => {
    const { fuses } = await readFuses(program);
    expect(Object.fromEntries(fuses)).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
    });
  });

  it('tells nothing of where it was made', async () => {
    const pages = (await filesBelow(join(resources, 'engine', 'renderer'))).map(
      (path) => `engine/renderer/${path}`,
    );
    for (const path of ['app.asar', ...pages]) {
      const content = await readFile(join(resources, path), 'latin1');
      for (const trace of [PROJECT, `${homedir()}/`]) expect(content.includes(trace), path).toBe(false);
    }
  });

  it('has a command line with a Node.js of its own', async () => {
    const holdfast = join(resources, 'engine', 'bin', 'holdfast');
    const { stdout } = await execute('/usr/bin/env', [...environment(''), holdfast, '--version']);
    const { version } = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8'));
    expect(stdout.trim()).toBe(version);
  });
});

describe('the program', () => {
  let started: ServerProcess;
  let page: DevtoolsPage;
  const log = join(folder, 'log');
  const data = join(home, '.local', 'share', 'holdfast');

  beforeAll(async () => {
    // Of Chromium, not of Node: the only way in that the fuses leave.
    const args = [...sandbox, '--remote-debugging-port=0', '--inspect=0'];
    const more = ['NODE_OPTIONS=--inspect=0'];
    started = startProcess(
      '/usr/bin/env',
      [...environment(display.name, more), program, ...args],
      folder,
      log,
    );
    page = await until('the window', findWindow, 120);
  }, PATIENCE);
  afterAll(() => page[Symbol.dispose]());

  async function findWindow(): Promise<DevtoolsPage | undefined> {
    const output = readFileSync(log, 'utf8');
    if (started.ended() !== undefined) throw new Error(`it ended: ${output}`);
    const port = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.[1];
    return port === undefined ? undefined : await findPage(Number(port));
  }

  const text = async () => String(await page.evaluate('document.body?.innerText'));

  it('shows the overview of a host of its own', async () => {
    const shown = await until('the overview', async () => {
      const now = await text();
      return now.includes('Overview') && now.includes('Add a cluster') ? now : undefined;
    });
    expect(shown).toContain('Holdfast');
    expect(await page.evaluate('[typeof require, typeof process, typeof holdfast].join()')).toBe(
      'undefined,undefined,object',
    );
  });

  it('has its host from its own directory alone, on its own Node.js', async () => {
    const { pid } = JSON.parse(await readFile(join(data, 'holder.json'), 'utf8'));
    const commandLine = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
    expect(commandLine[0]).toBe(join(resources, 'engine', 'node_modules', 'node', 'bin', 'node'));
    expect(commandLine[1]).toBe(join(resources, 'engine', 'main', 'entries', 'host.ts'));
    const mapped = await readFile(`/proc/${pid}/maps`, 'utf8');
    expect(mapped).toContain(join(resources, 'engine', 'node_modules', 'better-sqlite3'));
    expect(mapped).not.toContain(PROJECT);
  });

  it('opens no inspector, whatever is asked for', () => {
    expect(readFileSync(log, 'utf8')).not.toContain('Debugger listening');
  });

  it('is no Node for others', async () => {
    const more = ['ELECTRON_RUN_AS_NODE=1'];
    const { stdout } = await execute('/usr/bin/env', [
      ...environment(display.name, more),
      program,
      ...sandbox,
      '-p',
      '6*7',
    ]);
    // It started as what it is, found the first one running, and left.
    expect(stdout).not.toContain('42');
  });

  it('takes its host along when it ends', async () => {
    const { pid } = JSON.parse(await readFile(join(data, 'holder.json'), 'utf8'));
    started.signal('SIGTERM');
    await started.gone();
    await until('the end of the host', () => (isAlive(pid) ? undefined : true));
  });
});

async function filesBelow(root: string): Promise<string[]> {
  const found: string[] = [];
  for await (const path of glob('**/*', { cwd: root }))
    if ((await stat(join(root, path))).isFile()) found.push(path);
  return found.sort();
}

/** What the header of Electron's archive names: JSON behind four numbers of a Chromium pickle. */
async function filesOfArchive(archive: string): Promise<object> {
  const bytes = await readFile(archive);
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12)));
  return header.files;
}
