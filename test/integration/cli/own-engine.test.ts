import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../../shared/model/run.ts';
import { until } from '../../servers/condition.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { type Desk, openDesk } from './command.ts';
import { breakTree, contentOf, fillTree } from './tree.ts';

const CHILDREN = 300;

let server: ZooKeeperServer;
let desk: Desk;
beforeAll(async () => {
  server = await startZooKeeper();
  desk = await openDesk();
  await fillTree(server, CHILDREN);
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

async function archiveFile(directory: string): Promise<string> {
  const names = await readdir(join(desk.folder, directory), { recursive: true });
  const name = names.find((candidate) => candidate.endsWith('.tar.gz'));
  if (name === undefined) throw new Error('there is no archive');
  return join(desk.folder, directory, name);
}

/** One story, told in order: every command on a real cluster without a host. */
describe('the main job from the command line', () => {
  it('sets up cluster, storage and task', async () => {
    const source = ['--source', 'zookeeper', '--connect-string', server.connectString];
    const cluster = await desk.json('cluster', 'add', 'lab', '--environment', 'test', ...source);
    expect(cluster).toMatchObject({ name: 'lab', services: [{ service: 'ZooKeeper', source: 'zookeeper' }] });
    await desk.json('storage', 'add', 'disk', '--driver', 'local', '--directory', 'archives');
    const task = await desk.json(
      'task',
      'create',
      'nightly',
      '--cluster',
      'lab',
      '--storage',
      'disk',
      '--copies',
      '3',
      '--consent-sensitive',
    );
    expect(task).toMatchObject({
      clusterName: 'lab',
      task: { sources: [{ service: 'ZooKeeper', maximumCopies: 3 }] },
    });
    expect(
      (
        await desk.run(
          'task',
          'create',
          'nightly',
          '--cluster',
          'lab',
          '--storage',
          'disk',
          '--consent-sensitive',
        )
      ).code,
    ).toBe(7);
    expect((await desk.run('cluster', 'test', 'lab')).code).toBe(0);
    expect((await desk.run('storage', 'validate', 'disk')).code).toBe(0);
    expect((await desk.run('task', 'check', 'nightly')).code).toBe(0);
  });

  it('backs up and shows what it has', async () => {
    const { code, out } = await desk.run('task', 'run', 'nightly', '--json');
    expect(code).toBe(0);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const last: Run = lines.at(-1).run;
    expect(lines.at(-1).event).toBe('ended');
    expect(last).toMatchObject({ kind: 'backup', state: 'succeeded' });

    const points = await desk.json('point', 'list', '--task', 'nightly');
    expect(points).toMatchObject([{ id: last.point, complete: true }]);
    const shown = await desk.run('point', 'show', (last.point ?? '').slice(0, 6));
    expect(shown.out).toContain('3.9.4');
    const pinned = await desk.json('point', 'pin', 'latest:nightly');
    expect(pinned).toMatchObject({ pinned: true });
    expect(await desk.json('run', 'show', last.id.slice(0, 6))).toMatchObject({ id: last.id });
    expect((await desk.run('run', 'log', 'latest')).code).toBe(0);
    expect((await desk.run('task', 'list')).out).toContain('succeeded');
  });

  it('browses the point, the file and the live cluster alike', async () => {
    const file = await archiveFile('archives');
    const data = Buffer.from('value 7').toString('base64');
    for (const target of ['latest:nightly', file, 'cluster:lab', 'cluster:lab/ZooKeeper']) {
      const place = await desk.json('browse', target, '/app/n7');
      expect(place).toMatchObject({ entry: { key: ['app', 'n7'], content: { data } } });
    }
    const page = await desk.run('browse', 'cluster:lab', '/app', '--limit', '2');
    expect(page.out).toMatch(/More: give --after n1$/m);
  });

  it('verifies, and names damage with exit code 9', async () => {
    expect(await desk.json('verify', 'latest:nightly')).toMatchObject({ verification: { sound: true } });
    expect((await desk.run('verify', 'latest:nightly', '--level', 'file')).code).toBe(0);
    const bytes = await readFile(await archiveFile('archives'));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(join(desk.folder, 'damaged.tar.gz'), bytes);
    const damaged = await desk.run('verify', 'damaged.tar.gz');
    expect(damaged.code).toBe(9);
    expect(damaged.out).toContain('DAMAGED');
  });

  it('sees no difference, then every difference', async () => {
    const same = await desk.run('diff', 'latest:nightly', 'cluster:lab');
    expect(same).toMatchObject({ code: 0, out: '' });
    await breakTree(server);
    const different = await desk.run('diff', 'latest:nightly', 'cluster:lab', '--quiet');
    expect(different.code).toBe(1);
    expect(different.out.trimEnd().split('\n').sort()).toEqual([
      '+ ZooKeeper /app/extra',
      '- ZooKeeper /app/n0',
      expect.stringMatching(/^~ ZooKeeper \/app\/n1 {2}\(data\)$/),
    ]);
  });

  it('plans without touching anything', async () => {
    const before = await contentOf(server);
    const dry = await desk.run('restore', 'latest:nightly', '--dry-run');
    expect(dry.code).toBe(0);
    expect(dry.out).toContain('3 changes to cluster lab');
    expect(dry.out).toContain('remove   /app/extra');
    expect((await desk.run('restore', 'latest:nightly')).code).toBe(2);
    expect((await desk.run('restore', 'latest:nightly', '--confirm', 'other')).code).toBe(2);
    expect(await contentOf(server)).toEqual(before);
  });

  it('restores, and takes the restore back', async () => {
    const broken = await contentOf(server);
    const restored = await desk.run('restore', 'latest:nightly', '--confirm', 'lab');
    expect(restored.code).toBe(0);
    expect(await desk.run('diff', 'latest:nightly', 'cluster:lab')).toMatchObject({ code: 0 });
    const again = await desk.run('restore', 'latest:nightly', '--yes');
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('nothing to do') });

    const hint = /holdfast restore --undo ([0-9a-f]{16})/.exec(restored.out)?.[1] ?? '';
    expect((await desk.run('restore', '--undo', hint, '--confirm', 'lab')).code).toBe(0);
    expect(await contentOf(server)).toEqual(broken);
    expect((await desk.run('restore', 'latest:nightly', '--yes')).code).toBe(0);
  });

  it('restores what was asked for, where it was asked for', async () => {
    const flags = ['--select', '/app/n5', '--into', '/copy', '--mode', 'merge', '--to', 'lab', '--yes'];
    expect((await desk.run('restore', await archiveFile('archives'), ...flags)).code).toBe(0);
    const place = await desk.json('browse', 'cluster:lab', '/copy');
    expect(place).toMatchObject({ entry: { content: { data: Buffer.from('value 5').toString('base64') } } });
  });

  it('inspects a file with nothing else there', async () => {
    await using other = await openDesk();
    const inspected = await other.json('inspect', await archiveFile('archives'));
    expect(inspected).toMatchObject({
      kind: 'archive',
      manifest: { task: { name: 'nightly' }, complete: true },
    });
    expect(await readdir(other.folder)).not.toContain('data');
  });

  it('backs up once with nothing saved', async () => {
    const source = ['--source', 'zookeeper', '--connect-string', server.connectString, '--roots', '/app'];
    const once = await desk.run(
      'backup',
      ...source,
      '--storage',
      'local',
      '--directory',
      'once',
      '--consent-sensitive',
    );
    expect(once.code).toBe(0);
    expect(await desk.json('verify', await archiveFile('once'))).toMatchObject({
      verification: { sound: true },
    });
    expect(await desk.json('task', 'list')).toHaveLength(1);
  });

  it('has everything back on a fresh install after a rescan', async () => {
    await using fresh = await openDesk();
    await fresh.json(
      'storage',
      'add',
      'disk',
      '--driver',
      'local',
      '--directory',
      join(desk.folder, 'archives'),
    );
    expect(await fresh.json('storage', 'rescan', 'disk')).toMatchObject({ tasks: 1, points: 1, archives: 1 });
    expect(await fresh.json('point', 'list')).toMatchObject([{ taskName: 'nightly', pinned: true }]);
  });

  it('removes what it is told to', async () => {
    expect((await desk.run('task', 'remove', 'nightly')).code).toBe(0);
    expect((await desk.run('storage', 'remove', 'nowhere')).code).toBe(6);
    expect(await desk.json('task', 'list')).toEqual([]);
  });
});

describe('Ctrl-C', () => {
  it('cancels the run cleanly and says so by the exit code', async () => {
    await using slow = await openDesk();
    const source = ['--source', 'zookeeper', '--connect-string', server.connectString];
    await slow.json('cluster', 'add', 'lab', '--objects-per-second', '20', ...source);
    await slow.json('storage', 'add', 'disk', '--driver', 'local', '--directory', 'archives');
    await slow.json(
      'task',
      'create',
      'nightly',
      '--cluster',
      'lab',
      '--storage',
      'disk',
      '--consent-sensitive',
    );
    const started = slow.start('task', 'run', 'nightly', '--json');
    await until('it captures', () => (started.out().includes('"progress"') ? true : undefined));
    started.child.kill('SIGINT');
    const { code, out } = await started.finished;
    expect(code).toBe(11);
    expect(JSON.parse(out.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ run: { state: 'cancelled' } });
    expect(await slow.json('run', 'list')).toMatchObject([{ state: 'cancelled' }]);
    expect(await slow.json('point', 'list')).toEqual([]);
  });
});

describe('secrets', () => {
  const SECRET = 'a-rather-unlikely-passphrase';

  it('are in the vault, and nowhere in the clear', async () => {
    await using safe = await openDesk({ HOLDFAST_ZOOKEEPER_PASSWORD: SECRET });
    expect(await safe.json('vault', 'init', '--key-file', 'vault.key')).toMatchObject({ state: 'open' });
    const flags = [
      '--source',
      'zookeeper',
      '--connect-string',
      server.connectString,
      '--auth',
      'digest',
      '--user',
      'me',
    ];
    const added = await safe.run('cluster', 'add', 'lab', ...flags, '--json');
    expect(added.code).toBe(0);
    const shown = await safe.run('cluster', 'show', 'lab');
    const tested = await safe.run('cluster', 'test', 'lab', '--json');
    expect(tested.code).toBe(0);
    for (const { out, err } of [added, shown, tested]) expect(out + err).not.toContain(SECRET);
    const files = await readdir(safe.folder, { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile())) {
      expect((await readFile(join(file.parentPath, file.name))).includes(SECRET)).toBe(false);
    }
  });

  it('seal archives that open with the key file alone', async () => {
    await using safe = await openDesk();
    await safe.json('vault', 'init', '--key-file', 'vault.key');
    await safe.json('key', 'create', 'main', '--file', 'main.key');
    const source = ['--source', 'zookeeper', '--connect-string', server.connectString];
    const target = ['--storage', 'local', '--directory', 'sealed'];
    expect((await safe.run('backup', '--archive-key', 'main', ...source, ...target)).code).toBe(0);
    const names = await readdir(join(safe.folder, 'sealed'), { recursive: true });
    const file = join(safe.folder, 'sealed', names.find((name) => name.endsWith('.tar.gz')) ?? '');
    await using other = await openDesk();
    expect((await other.run('browse', file, '/app')).code).not.toBe(0);
    const opened = await other.json(
      'browse',
      file,
      '/app',
      '--archive-key-file',
      join(safe.folder, 'main.key'),
    );
    expect(opened).toMatchObject({ entry: { key: ['app'] } });
  });
});
