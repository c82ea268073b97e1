import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { type Desk, openDesk } from './command.ts';
import { breakTree, fillTree } from './tree.ts';

const CHILDREN = 300;

let server: ZooKeeperServer;
let desk: Desk;
beforeAll(async () => {
  server = await startZooKeeper();
  desk = await openDesk({ HOLDFAST_VAULT_PASSPHRASE: 'passphrase of the vault' });
  await fillTree(server, CHILDREN);
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

async function lines(...argv: string[]): Promise<{ code: number | null; rows: unknown[]; err: string }> {
  const { code, out, err } = await desk.run(...argv, '--json');
  const rows = out.split('\n').filter((line) => line !== '');
  return { code, rows: rows.map((line) => JSON.parse(line) as unknown), err };
}

/** One story, told in order: what the desktop does, done by commands. */
describe('what the desktop does, from the command line', () => {
  it('tries cluster and storage before it saves them', async () => {
    const source = ['--source', 'zookeeper', '--connect-string', server.connectString];
    expect((await desk.run('cluster', 'probe', ...source)).code).toBe(0);
    expect(
      (await desk.run('cluster', 'probe', '--source', 'zookeeper', '--connect-string', '127.0.0.1:1')).code,
    ).toBe(3);
    const disk = ['--driver', 'local', '--directory', 'archives'];
    expect((await desk.run('storage', 'probe', ...disk)).code).toBe(0);
    const marks = ['--colour', 'teal', '--folder', 'east', '--description', 'The lab.'];
    const added = await desk.json('cluster', 'add', 'lab', '--environment', 'test', ...marks, ...source);
    expect(added).toMatchObject({ colour: 'teal', folder: 'east', description: 'The lab.' });
    expect(await desk.json('cluster', 'set', 'lab', '--no-folder')).not.toHaveProperty('folder');
    await desk.json('storage', 'add', 'disk', ...disk);
  });

  it('estimates, creates, changes and clones a task', async () => {
    const task = [
      '--cluster',
      'lab',
      '--storage',
      'disk',
      '--consent-sensitive',
      '--source',
      'ZooKeeper',
      '--roots',
      '/app',
    ];
    expect(await desk.json('task', 'create', 'nightly', '--estimate', ...task)).toMatchObject({
      entries: CHILDREN + 1,
    });
    expect((await desk.run('task', 'show', 'nightly')).code).toBe(6);
    await desk.json('task', 'create', 'nightly', ...task);
    const set = await desk.json(
      'task',
      'set',
      'nightly',
      '--copies',
      '2',
      '--every',
      '1d',
      '--start',
      '2026-01-01T02:00:00Z',
      '--time-zone',
      'Europe/Berlin',
    );
    expect(set).toMatchObject({
      task: {
        schedule: { every: 1, unit: 'days', timeZone: 'Europe/Berlin' },
        sources: [{ maximumCopies: 2, selection: { roots: ['/app'] }, consent: true }],
      },
    });
    expect(await desk.json('task', 'clone', 'nightly', 'copy')).toMatchObject({ task: { paused: true } });
    expect(await desk.json('task', 'set', 'nightly', '--by-hand')).not.toHaveProperty('task.schedule');
    const stranger = await desk.run('task', 'set', 'nightly', '--source', 'Kafka', '--copies', '3');
    expect(stranger.code).toBe(6);
    expect((await desk.run('task', 'set', 'nightly')).code).toBe(2);
  });

  it('shows when a schedule runs, over the clock change', async () => {
    const { code, out } = await desk.run(
      'schedule',
      'preview',
      '--every',
      '1d',
      '--start',
      '2027-03-27T01:30:00Z',
      '--time-zone',
      'Europe/Berlin',
      '--count',
      '3',
    );
    expect(code).toBe(0);
    expect(out).toContain('2027-03-28T03:30:00+02:00');
  });

  it('sees what is protected, and since when', async () => {
    expect((await desk.run('overview')).out).toContain('never');
    await desk.json('task', 'run', 'nightly');
    const { out } = await desk.run('overview');
    expect(out).toMatch(/lab +test +ZooKeeper +copy, nightly +\S.* ago/);
    expect(await desk.json('storage', 'usage', 'disk')).toMatchObject({ archives: 1 });
    expect(await desk.json('task', 'retention', 'nightly', '--copies', '1')).toMatchObject([
      { maximumCopies: 1, archives: [{ fate: 'copy' }] },
    ]);
    expect(await desk.json('cluster', 'inventory', 'lab')).toMatchObject({ service: 'ZooKeeper' });
  });

  it('searches, pages and takes values out', async () => {
    const found = await lines('search', 'latest:nightly', 'value 299', '--in', 'content');
    expect(found).toMatchObject({ code: 0, rows: [{ key: ['app', 'n299'] }, { found: 1 }] });
    expect((await desk.run('search', 'cluster:lab', 'nowhere-at-all')).code).toBe(1);
    const page = await desk.json('browse', 'latest:nightly', '/app', '--offset', '298', '--limit', '9');
    expect(page).toMatchObject({ children: [{ name: 'n98' }, { name: 'n99' }], total: CHILDREN });
    await desk.json('value', 'latest:nightly', '/app/n7', '--out', 'n7.bin');
    expect(await readFile(join(desk.folder, 'n7.bin'), 'utf8')).toBe('value 7');
  });

  it('counts and narrows a diff', async () => {
    await breakTree(server);
    const pair = ['latest:nightly', 'cluster:lab', '--prefix', '/app'];
    const counted = await lines('diff', ...pair, '--count');
    expect(counted).toMatchObject({ code: 1, rows: [{ added: 1, removed: 1, changed: 1 }] });
    const added = await lines('diff', ...pair, '--change', 'added');
    expect(added.rows[0]).toMatchObject({ change: 'added', key: ['app', 'extra'] });
    expect(added.rows).toHaveLength(2);
  });

  it('writes the report of a restore in every form', async () => {
    const restore = await desk.run('restore', 'latest:nightly', '--confirm', 'lab');
    expect(restore.code).toBe(0);
    for (const [file, beginning] of [
      ['report.json', '{'],
      ['report.html', '<!doctype html>'],
      ['report.txt', 'Restore of lab'],
    ] as const) {
      await desk.json('restore', 'report', 'latest', '--out', file);
      expect((await readFile(join(desk.folder, file), 'utf8')).startsWith(beginning), file).toBe(true);
    }
    const report = JSON.parse(await readFile(join(desk.folder, 'report.json'), 'utf8')) as unknown;
    expect(report).toMatchObject({
      format: 'holdfast-restore-report/1.0',
      run: { state: 'succeeded' },
      differences: 0,
      services: [{ planned: 3, applied: 3, conflicts: 0 }],
    });
    expect((await desk.run('run', 'list', '--kind', 'restore', '--state', 'succeeded')).out).toContain(
      'restore',
    );
    expect(await desk.json('point', 'list', '--cluster', 'lab', '--since', '2100-01-01')).toEqual([]);
  });

  it('moves a cluster to another installation', async () => {
    await desk.json('cluster', 'export', 'lab', '--out', 'clusters.json');
    const imported = await desk.json('cluster', 'import', 'clusters.json');
    expect(imported).toMatchObject({ added: [{ name: 'lab-2', colour: 'teal' }], needed: [] });
    expect((await desk.run('cluster', 'test', 'lab-2')).code).toBe(0);
  });

  it('takes a service in and gives it up again', async () => {
    const source = ['--source', 'zookeeper', '--connect-string', server.connectString];
    expect(await desk.json('cluster', 'add-service', 'lab-2', ...source)).toMatchObject({
      services: [{ service: 'ZooKeeper' }, { service: 'ZooKeeper-2' }],
    });
    expect(await desk.json('cluster', 'remove-service', 'lab-2', 'ZooKeeper')).toMatchObject({
      services: [{ service: 'ZooKeeper-2' }],
    });
  });

  it('gives cluster, storage and task other names; runs go on in the same directory', async () => {
    await desk.json('cluster', 'rename', 'lab', 'yard');
    await desk.json('storage', 'rename', 'disk', 'shelf');
    const renamed = { renamed: { task: { name: 'evenly' }, clusterName: 'yard' }, untold: [] };
    expect(await desk.json('task', 'rename', 'nightly', 'evenly')).toMatchObject(renamed);
    expect((await desk.run('task', 'show', 'nightly')).code).not.toBe(0);
    expect((await desk.run('task', 'run', 'evenly')).code).toBe(0);
    const points = (await desk.json('point', 'list', '--cluster', 'yard')) as {
      archives: { path: string }[];
    }[];
    const folders = new Set(points.flatMap(({ archives }) => archives.map(({ path }) => dirname(path))));
    expect([...folders]).toEqual([expect.stringMatching(/^nightly_\d+$/)]);
    expect(points.length).toBeGreaterThan(1);
    await desk.json('storage', 'rename', 'shelf', 'disk');
  });

  it('moves a storage, and says what there is to choose from', async () => {
    await desk.json('storage', 'set', 'disk', '--directory', 'elsewhere');
    const [disk] = (await desk.json('storage', 'list')) as { options: { directory: string } }[];
    expect(disk?.options.directory).toBe(join(desk.folder, 'elsewhere'));
    expect((await desk.run('storage', 'set', 'disk', '--unset', 'directory')).code).toBe(2);
    expect((await desk.run('driver', 'list')).out).toMatch(/kafka +source/);
    expect((await desk.run('driver', 'show', 'obs')).out).toContain('s3:ListBucket');
  });
});
