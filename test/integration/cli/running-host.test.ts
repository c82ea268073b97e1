import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../../shared/model/run.ts';
import { until } from '../../servers/condition.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { type Desk, openDesk, type Started } from './command.ts';
import { breakTree, contentOf, fillTree } from './tree.ts';

let server: ZooKeeperServer;
let desk: Desk;
let host: Started;
beforeAll(async () => {
  server = await startZooKeeper();
  await fillTree(server, 200);
  desk = await openDesk();
  host = await desk.serve('--log-file', 'host.log');
  const source = ['--source', 'zookeeper', '--connect-string', server.connectString];
  await desk.json('cluster', 'add', 'lab', '--environment', 'test', ...source);
  await desk.json('cluster', 'add', 'slow', '--objects-per-second', '10', ...source);
  await desk.json('storage', 'add', 'disk', '--driver', 'local', '--directory', 'archives');
  await desk.json(
    'task',
    'create',
    'nightly',
    '--cluster',
    'lab',
    '--storage',
    'disk',
    '--consent-sensitive',
  );
  await desk.json(
    'task',
    'create',
    'endless',
    '--cluster',
    'slow',
    '--storage',
    'disk',
    '--consent-sensitive',
  );
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const lastRun = async () => ((await desk.json('run', 'list', '--limit', '1')) as Run[])[0];

describe('a running host', () => {
  it('is driven by commands: backup, difference, restore', async () => {
    expect((await desk.run('task', 'run', 'nightly')).code).toBe(0);
    const before = await contentOf(server);
    await breakTree(server);
    expect((await desk.run('diff', 'latest:nightly', 'cluster:lab')).code).toBe(1);
    const restored = await desk.run('restore', 'latest:nightly', '--yes');
    expect(restored.code).toBe(0);
    expect(restored.out).toContain('3 changes to cluster lab');
    expect(await contentOf(server)).toEqual(before);
  });

  it('goes on with a run when whoever watches leaves', async () => {
    const { id } = (await desk.json('task', 'run', 'endless', '--detach')) as Run;
    const watcher = desk.start('run', 'watch', id, '--json');
    await until('it captures', () => (watcher.out().includes('"progress"') ? true : undefined));
    watcher.child.kill('SIGINT');
    expect((await watcher.finished).code).toBe(11);
    expect(await lastRun()).toMatchObject({ id, state: 'running' });

    const second = desk.start('run', 'watch', id.slice(0, 8), '--json');
    expect((await desk.run('task', 'run', 'endless')).code).toBe(7);
    expect((await desk.run('run', 'cancel', id)).code).toBe(0);
    expect((await second.finished).code).toBe(11);
    expect(await lastRun()).toMatchObject({ id, state: 'cancelled' });
  });

  it('is the only one on its data directory', async () => {
    const second = await desk.run('serve');
    expect(second.code).toBe(7);
    expect(second.err).toContain('engine.data-directory-in-use');
    expect(second.err).toContain(String(host.child.pid));
    expect((await desk.run('task', 'list')).code).toBe(0);
  });

  it('refuses who has not its token', async () => {
    const token = await readFile(join(desk.folder, 'data', 'token'), 'utf8');
    const { url } = JSON.parse(await readFile(join(desk.folder, 'data', 'host.json'), 'utf8'));
    expect((await fetch(`${url}/anything`)).status).toBe(401);
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${url}/anything`, { headers })).status).toBe(404);
    expect(await readFile(join(desk.folder, 'host.log'), 'utf8')).not.toContain(token);
    expect(host.out() + host.err()).not.toContain(token);
  });

  it('ends cleanly on SIGTERM: what runs is ended and recorded, and the next command does without it', async () => {
    const { id } = (await desk.json('task', 'run', 'endless', '--detach')) as Run;
    const watcher = desk.start('run', 'watch', id, '--json');
    await until('it captures', () => (watcher.out().includes('"progress"') ? true : undefined));
    host.child.kill('SIGTERM');
    expect((await host.finished).code).toBe(0);
    expect((await watcher.finished).code).toBe(12);
    expect(await lastRun()).toMatchObject({ id, state: 'interrupted' });
    expect((await desk.run('task', 'run', 'endless', '--detach')).code).toBe(2);
  });

  it('that was killed does not stand in the way', async () => {
    const killed = await desk.serve();
    killed.child.kill('SIGKILL');
    await killed.finished;
    expect((await desk.run('task', 'run', 'nightly')).code).toBe(0);
  });
});
