import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { type Desk, openDesk } from './command.ts';
import { breakTree, contentOf, fillTree } from './tree.ts';

interface Listed {
  readonly id: string;
  readonly name: string;
}

let server: ZooKeeperServer;
let desk: Desk;
beforeAll(async () => {
  server = await startZooKeeper();
  await fillTree(server, 20);
  // What the environment gives is looked up where the command is started.
  desk = await openDesk({ HOLDFAST_VAULT_PASSPHRASE_FILE: 'current' });
  await passphrases({ current: 'first passphrase', next: 'second passphrase' });
});
afterAll(async () => {
  await desk?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

async function passphrases(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(desk.folder, name), `${text}\n`);
}

/** A command that must succeed without a word but its result. */
async function quiet(...argv: string[]): Promise<string> {
  const { code, out, err } = await desk.run(...argv, '--quiet');
  expect([code, err], argv.join(' ')).toEqual([0, '']);
  return out;
}

async function list(noun: string): Promise<readonly Listed[]> {
  return (await desk.json(noun, 'list')) as Listed[];
}

/** One story, told in order: what the main job does not need every day. */
describe('the verbs beside the main job', () => {
  it('vault: made with one passphrase, changed to another, open to that alone', async () => {
    expect(await desk.json('vault', 'init', '--passphrase-file', 'current')).toMatchObject({
      state: 'open',
      protector: 'passphrase',
    });
    expect((await desk.run('vault', 'init', '--passphrase-file', 'current')).code).toBe(7);
    await desk.json('key', 'create', 'main', '--file', 'main.key');
    await desk.json('vault', 'change', '--passphrase-file', 'next');
    expect((await desk.run('key', 'list')).code).toBe(4);
    expect((await desk.run('vault', 'unlock', '--passphrase-file', 'current')).code).toBe(4);
    await quiet('vault', 'unlock', '--passphrase-file', 'next');
    await passphrases({ current: 'second passphrase' });
    expect(await list('key')).toMatchObject([{ name: 'main', purpose: 'sealing', state: 'active' }]);
    const host = await desk.serve();
    expect(await desk.json('vault', 'show')).toMatchObject({ state: 'open' });
    host.child.kill('SIGTERM');
    expect((await host.finished).code).toBe(0);
    await desk.json('key', 'rotate', 'main', '--file', 'rotated.key');
    expect((await list('key')).map((key) => Object(key).state)).toEqual(['retired', 'active']);
    expect(await desk.json('vault', 'change', '--key-file', 'vault.key')).toMatchObject({
      protector: 'key-file',
    });
    expect(await list('key')).toHaveLength(2);
  });

  it('cluster and storage: added, listed, changed, shown', async () => {
    const source = ['--source', 'zookeeper', '--connect-string', server.connectString];
    for (const name of ['lab', 'spare'])
      await desk.json('cluster', 'add', name, '--environment', 'test', ...source);
    await quiet('cluster', 'set', 'lab', '--objects-per-second', '500', '--requests-in-flight', '4');
    expect(await desk.json('cluster', 'show', 'lab')).toMatchObject({
      limits: { objectsPerSecond: 500, requestsInFlight: 4 },
    });
    await quiet('cluster', 'set', 'lab', '--no-objects-per-second');
    expect(Object(await desk.json('cluster', 'show', 'lab')).limits).toEqual({ requestsInFlight: 4 });
    for (const name of ['disk', 'spare'])
      await desk.json('storage', 'add', name, '--driver', 'local', '--directory', name);
    expect((await list('cluster')).map(({ name }) => name)).toEqual(['lab', 'spare']);
    expect((await list('storage')).map(({ name }) => name)).toEqual(['disk', 'spare']);
    expect(await quiet('cluster', 'list')).toContain('spare');
  });

  it('task: paused, resumed, run quietly', async () => {
    const flags = ['--cluster', 'lab', '--storage', 'disk', '--archive-key', 'main', '--every', '1d'];
    await desk.json('task', 'create', 'nightly', ...flags);
    expect(await desk.json('task', 'pause', 'nightly')).toMatchObject({ task: { paused: true }, next: [] });
    const resumed = Object(await desk.json('task', 'resume', 'nightly'));
    expect([resumed.task.paused, resumed.next.length > 0]).toEqual([false, true]);
    for (let run = 0; run < 2; run++)
      expect(await quiet('task', 'run', 'nightly')).toContain('Recovery point');
    const [latest] = await list('run');
    expect(await quiet('run', 'watch', 'latest')).toContain(latest?.id);
    expect(await quiet('run', 'cancel', latest?.id ?? '')).toContain('ended already: succeeded');
  });

  it('in use: neither cluster nor storage goes while a task names it', async () => {
    expect((await desk.run('cluster', 'remove', 'lab')).code).toBe(7);
    expect((await desk.run('storage', 'remove', 'disk')).code).toBe(7);
    await quiet('cluster', 'remove', 'spare');
    await quiet('storage', 'remove', 'spare');
    expect([await list('cluster'), await list('storage')]).toMatchObject([
      [{ name: 'lab' }],
      [{ name: 'disk' }],
    ]);
  });

  it('locked: what has secrets stays until they can go with it', async () => {
    await passphrases({ account: 'of the cluster' });
    const account = ['--auth', 'digest', '--user', 'u', '--password-file', 'account'];
    const source = ['--source', 'zookeeper', '--connect-string', server.connectString, ...account];
    await desk.json('cluster', 'add', 'guarded', ...source);
    const [key, hidden] = ['vault.key', 'hidden.key'].map((name) => join(desk.folder, name)) as [
      string,
      string,
    ];
    await rename(key, hidden);
    expect((await desk.run('cluster', 'remove', 'guarded')).code).toBe(4);
    expect((await list('cluster')).map(({ name }) => name)).toEqual(['guarded', 'lab']);
    await rename(hidden, key);
    await quiet('cluster', 'remove', 'guarded');
  });

  it('restore: what cannot be resumed is refused; an undo is planned first, too', async () => {
    const before = await contentOf(server);
    await breakTree(server);
    const broken = await contentOf(server);
    const restored = Object(await desk.json('restore', 'latest:nightly', '--confirm', 'lab')).run;
    expect(await contentOf(server)).toEqual(before);
    expect((await desk.run('restore', '--resume', restored.id)).code).toBe(7);
    expect(await desk.json('restore', '--undo', restored.id, '--dry-run')).toMatchObject({
      plan: { steps: 3, order: { from: { of: 'undo', run: restored.id } } },
    });
    expect(await contentOf(server)).toEqual(before);
    await quiet('restore', '--undo', 'latest', '--accept-incomplete-undo', '--yes');
    expect(await contentOf(server)).toEqual(broken);
  });

  it('point: pinned it stays, unpinned it goes with its archive', async () => {
    const [newest, oldest] = await list('point');
    const id = oldest?.id ?? '';
    expect(await desk.json('point', 'pin', id)).toMatchObject({ pinned: true });
    expect((await desk.run('point', 'remove', id)).code).toBe(2);
    expect((await desk.run('point', 'remove', id, '--yes')).code).toBe(7);
    expect(await desk.json('point', 'pin', id, '--off')).toMatchObject({ pinned: false });
    await quiet('point', 'remove', id.slice(0, 8), '--yes');
    expect(await list('point')).toMatchObject([{ id: newest?.id }]);
    const names = await readdir(join(desk.folder, 'disk'), { recursive: true });
    expect(names.filter((name) => name.endsWith('.tar.gz'))).toHaveLength(1);
  });

  it('rescan: what is damaged is named, with exit code 9', async () => {
    expect(await desk.json('storage', 'rescan', 'disk')).toMatchObject({ points: 1, damaged: [] });
    const names = await readdir(join(desk.folder, 'disk'), { recursive: true });
    const archive = join(desk.folder, 'disk', names.find((name) => name.endsWith('.tar.gz')) ?? '');
    await writeFile(`${archive}.sha256`, `${'0'.repeat(64)}  another\n`);
    expect((await desk.run('storage', 'rescan', 'disk', '--quiet')).code).toBe(9);
    await rm(`${archive}.sha256`);
    expect((await desk.run('storage', 'rescan', 'disk', '--quiet')).code).toBe(0);
  });
});
