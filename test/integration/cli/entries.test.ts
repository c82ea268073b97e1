import { type SpawnOptionsWithoutStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { until } from '../../servers/condition.ts';
import { ENTRY, openDesk } from './command.ts';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));
const HOST = fileURLToPath(new URL('../../../main/entries/host.ts', import.meta.url));

function start(command: string, argv: string[], options: SpawnOptionsWithoutStdio) {
  const child = spawn(command, argv, options);
  const printed = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed.err += text;
  });
  const finished = once(child, 'close').then(([code]) => ({ code, ...printed }));
  return { child, printed, finished };
}

/** The machine's own commands, without what npm puts in front of them. */
const systemPath = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .join(delimiter);

describe('the program', () => {
  it.each([
    ['npx', ['holdfast', '--version']],
    ['npm', ['run', '--silent', 'holdfast', '--', '--version']],
  ])('works by %s from a clone, whatever Node the system has', async (command, argv) => {
    await using desk = await openDesk();
    const env = { PATH: systemPath, HOME: desk.folder };
    const { code, out } = await start(command, argv, { cwd: PROJECT, env }).finished;
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(code).toBe(0);
  });

  it('tells an older Node what to do', async () => {
    const pretend =
      'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "22.20.0" } })';
    const argv = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, ENTRY, '--version'];
    const { code, out, err } = await start(process.execPath, argv, {}).finished;
    expect({ code, out }).toEqual({ code: 10, out: '' });
    expect(err).toContain('this is 22.20.0');
    expect(err).toContain('npx holdfast');
  });
});

it('the host as a process says where it is in one line of JSON and ends on SIGTERM', async () => {
  await using desk = await openDesk();
  const argv = [HOST, '--data-dir', desk.folder, '--log-file', `${desk.folder}/host.log`];
  const { child, printed, finished } = start(process.execPath, argv, { env: { HOME: desk.folder } });
  await until('the host serves', () => (printed.out.includes('\n') ? true : undefined));
  const { url, tokenFile, link } = JSON.parse(printed.out);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(tokenFile).toContain(desk.folder);
  expect(link).toBeUndefined();
  child.kill('SIGTERM');
  expect(await finished).toMatchObject({ code: 0, err: '' });
});
