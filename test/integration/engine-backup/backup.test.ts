import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../main/protocols/zookeeper/index.ts';
import { ManualClock } from '../../clock/manual-clock.ts';
import { dumpWithJava, fillWithJava } from '../../foreign/zookeeper.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { codeOf } from './codes.ts';
import { archivesIn, confirmByTools, filesIn } from './storage-folder.ts';
import { OPTIONS, SUPER, Workstation } from './workstation.ts';

let server: ZooKeeperServer;
let second: ZooKeeperServer;
let znodes: number;

beforeAll(async () => {
  [server, second] = await Promise.all([
    startZooKeeper({ superPassword: OPTIONS.password }),
    startZooKeeper({ superPassword: OPTIONS.password }),
  ]);
  await fillWithJava(server, { path: '/tree', count: 600, largest: 200_000 });
  const client = await connect({ connectString: second.connectString });
  await client.create('/other', Buffer.from('second service'));
  await client.close();
  znodes = (await dumpWithJava(server, '/tree', { digest: SUPER })).length;
});

afterAll(() => Promise.all([server?.[Symbol.asyncDispose](), second?.[Symbol.asyncDispose]()]));

describe('a task', () => {
  let clock: ManualClock;
  let station: Workstation;
  let storage: string;

  beforeEach(async () => {
    clock = new ManualClock('2026-03-04T05:06:07.890Z');
    station = await Workstation.open({ clock });
    storage = workFolder('storage');
    await station.initVault();
    await station.addCluster('zk', [server], OPTIONS);
    await station.addStorage('disk', storage);
    return async () => {
      await station[Symbol.asyncDispose]();
      removeWorkFolder(storage);
    };
  });

  it('leaves an archive by the rules of names, with checksums that the system’s tools confirm', async () => {
    await station.createTask('Nightly ünd more', { sources: [{ roots: ['/tree'], directory: '/a/b/' }] });
    clock.set('2026-03-05T00:00:00.000Z');
    const point = await station.backup('Nightly ünd more');
    const directory = 'a/b/Nightly%20%C3%BCnd%20more_20260304050607';
    const name = '3.9.4_ZooKeeper_20260305000000.tar.gz';
    expect(filesIn(storage)).toEqual([
      `${directory}/${name}`,
      `${directory}/${name}.md5`,
      `${directory}/${name}.sha256`,
    ]);
    const [archive] = point.archives;
    expect(archive).toMatchObject({ path: `${directory}/${name}`, complete: true, version: '3.9.4' });
    expect(confirmByTools(join(storage, directory, name)).length).toBeGreaterThan(2);
    const entries = Object.values(archive?.counts ?? {}).reduce((sum, count) => sum + count.entries, 0);
    // The node above the selected one belongs to the way there.
    expect(entries).toBe(znodes + 1);
  });

  it('numbers the archives of one second and reuses no name', async () => {
    await station.createTask('often', { sources: [{ roots: ['/tree'] }] });
    for (let run = 0; run < 3; run++) await station.backup('often');
    const plain = '3.9.4_ZooKeeper_20260304050607';
    expect(archivesIn(storage).map((path) => basename(path))).toEqual([
      `${plain}-2.tar.gz`,
      `${plain}-3.tar.gz`,
      `${plain}.tar.gz`,
    ]);
    for (const path of archivesIn(storage)) confirmByTools(join(storage, path));
  });

  it.each([{ kind: 'full-then-incremental' }, { kind: 'full-every', runs: 5 }] as const)(
    'of policy $kind runs as full, and its log says so',
    async (policy) => {
      await station.createTask('policy', { policy, sources: [{ roots: ['/tree'] }] });
      await station.backup('policy');
      const { run, log } = await station.run('policy');
      expect(log).toContainEqual(expect.stringMatching(/^info: .*full backup, whatever the policy/));
      const [archive] = (await station.client.points.show({ point: run.id })).archives;
      expect(archive?.parent).toBeNull();
      expect(archive?.set).toBe(archive?.id);
    },
  );

  it('of policy full says nothing of it', async () => {
    await station.createTask('full', { sources: [{ roots: ['/tree'] }] });
    expect((await station.run('full')).log).not.toContainEqual(expect.stringContaining('policy'));
  });

  it('of two sources puts each into its own storage and directory, as one point', async () => {
    const other = join(storage, 'other-disk');
    await station.addCluster('two', [server, second], OPTIONS);
    await station.addStorage('other', other);
    const sources = [
      { roots: ['/tree'], storage: 'disk', directory: 'first' },
      { service: 'ZooKeeper-2', storage: 'other', directory: 'second' },
    ];
    await station.createTask('both', { cluster: 'two', sources });
    const point = await station.backup('both');
    expect(point).toMatchObject({ complete: true, taskName: 'both', clusterName: 'two' });
    const [first, last] = point.archives;
    expect(basename(first?.path ?? '')).toMatch(/^3\.9\.4_ZooKeeper-ZooKeeper_/);
    expect(basename(last?.path ?? '')).toMatch(/^3\.9\.4_ZooKeeper-ZooKeeper-2_/);
    expect(filesIn(join(storage, 'first')).map((path) => `first/${path}`)).toContain(first?.path);
    expect(filesIn(other)).toContain(last?.path);
    for (const folder of [join(storage, 'first'), join(other, 'second')]) {
      const control = filesIn(folder, { hidden: true }).find((path) => path.endsWith('control.json'));
      const { points } = JSON.parse(readFileSync(join(folder, control ?? ''), 'utf8'));
      expect(points).toMatchObject([{ id: point.id, complete: true, archives: [{}, {}] }]);
    }
  });

  it('cannot be made of what is not there', async () => {
    expect(await codeOf(station.createTask('t', { cluster: 'none' }))).toBe('catalog.no-cluster');
    expect(await codeOf(station.createTask('t', { sources: [{ storage: 'none' }] }))).toBe(
      'catalog.no-storage',
    );
    expect(await codeOf(station.createTask('t', { sources: [{ service: 'none' }] }))).toBe(
      'engine.no-service',
    );
    expect(await codeOf(station.createTask('t', { sources: [{}, {}] }))).toBe('general.invalid-input');
    expect(await codeOf(station.createTask('t', { sources: [{ roots: ['no-slash'] }] }))).toBe(
      'general.invalid-input',
    );
    await station.createTask('t');
    expect(await codeOf(station.createTask('t'))).toBe('catalog.name-taken');
    expect(await station.client.tasks.list({})).toHaveLength(1);
  });
});
