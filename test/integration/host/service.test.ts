import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../servers/condition.ts';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');
const UNIT = join(PROJECT, 'docs', 'deploy', 'holdfast.service');
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

let folder: string;
/** The unit as it would be for this clone, its directories in `folder`. */
let unit: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-service-'));
  const text = await readFile(UNIT, 'utf8');
  unit = text.replaceAll('/opt/holdfast', PROJECT).replaceAll(/%[SL]\/holdfast/g, folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const settingOf = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1] ?? '';

describe('the systemd unit', () => {
  it.runIf(hasSystemd)('is understood by systemd, whole', async () => {
    const file = join(folder, 'holdfast.service');
    // This machine need not have the user.
    await writeFile(file, unit.replaceAll(/^(User|Group)=.*$/gm, ''));
    const { stderr } = await promisify(execFile)('systemd-analyze', ['verify', '--man=no', file]);
    expect(stderr).toBe('');
  });

  it('starts a host, which ends cleanly on SIGTERM', async () => {
    const [program = '', ...flags] = settingOf('ExecStart').replace('--port 7420', '--port 0').split(' ');
    const [variable = '', value = ''] = settingOf('Environment').split('=');
    const host = spawn(program, flags, { env: { HOME: folder, [variable]: value }, stdio: 'ignore' });
    const exited = once(host, 'exit');
    const announced = await until('the host serves', () =>
      readFile(join(folder, 'host.json'), 'utf8').then(JSON.parse, () => undefined),
    );
    expect((await fetch(`${announced.url}/healthz`)).status).toBe(200);
    host.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    const log = await readFile(join(folder, 'host.log'), 'utf8');
    expect(log).toContain('host serves');
    expect(log).not.toContain('#token=');
  });
});
