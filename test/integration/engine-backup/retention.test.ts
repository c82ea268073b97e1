import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../main/protocols/zookeeper/index.ts';
import { ManualClock } from '../../clock/manual-clock.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { codeOf } from './codes.ts';
import { archivesIn, confirmByTools, filesIn } from './storage-folder.ts';
import { Workstation } from './workstation.ts';

let server: ZooKeeperServer;

beforeAll(async () => {
  server = await startZooKeeper();
  const client = await connect({ connectString: server.connectString });
  await client.create('/app', Buffer.from('data'));
  await client.close();
});

afterAll(() => server?.[Symbol.asyncDispose]());

let station: Workstation;
let storage: string;

beforeEach(async () => {
  station = await Workstation.open();
  storage = workFolder('storage');
  await station.addStorage('disk', storage);
  await station.addCluster('zk', [server]);
  return async () => {
    await station[Symbol.asyncDispose]();
    removeWorkFolder(storage);
  };
});

async function backups(on: Workstation, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push((await on.backup('t')).id);
  return ids;
}

describe('retention', () => {
  it('keeps the newest copies, and removes archives with their checksums', async () => {
    await station.createTask('t', { sources: [{ maximumCopies: 2 }] });
    const ids = await backups(station, 4);
    expect(await station.points()).toEqual([ids[3], ids[2]]);
    const kept = archivesIn(storage);
    expect(kept).toHaveLength(2);
    expect(filesIn(storage)).toHaveLength(6);
    for (const path of kept) confirmByTools(join(storage, path));
    const [last] = await station.client.runs.list({ limit: 1 });
    expect(last?.counts.removed).toBe(1);
  });

  it('never removes a pinned point, nor counts it; unpinned it is one of many again', async () => {
    await station.createTask('t', { sources: [{ maximumCopies: 2 }] });
    const [pinned = ''] = await backups(station, 1);
    expect(await station.client.points.pin({ point: pinned, pinned: true })).toMatchObject({ pinned: true });
    const more = await backups(station, 3);
    expect(await station.points()).toEqual([more[2], more[1], pinned]);
    expect(await codeOf(station.client.points.remove({ point: pinned }))).toBe('engine.point-pinned');
    expect(archivesIn(storage)).toHaveLength(3);
    await station.client.points.pin({ point: pinned, pinned: false });
    const [last = ''] = await backups(station, 1);
    expect(await station.points()).toEqual([last, more[2]]);
  });

  it('counts the copies of every source by themselves', async () => {
    await station.addCluster('two', [server, server]);
    const sources = [{ maximumCopies: 3 }, { service: 'ZooKeeper-2', directory: 'b', maximumCopies: 1 }];
    await station.createTask('t', { cluster: 'two', sources });
    const ids = await backups(station, 3);
    const points = await station.client.points.list({ limit: 10 });
    expect(points.map(({ id, complete, archives }) => [id, complete, archives.length])).toEqual([
      [ids[2], true, 2],
      [ids[1], false, 1],
      [ids[0], false, 1],
    ]);
    expect(archivesIn(join(storage, 'b'))).toHaveLength(1);
  });
});

describe('a point that is removed', () => {
  it('is gone from storage, catalog and control file; unknown ones are said to be', async () => {
    await station.createTask('t');
    const [first = '', second = ''] = await backups(station, 2);
    await station.client.points.remove({ point: first });
    expect(await station.points()).toEqual([second]);
    expect(archivesIn(storage)).toHaveLength(1);
    await station.client.storages.rescan({ name: 'disk' });
    expect(await station.points()).toEqual([second]);
    expect(await codeOf(station.client.points.show({ point: first }))).toBe('engine.no-point');
    expect(await codeOf(station.client.points.remove({ point: first }))).toBe('engine.no-point');
  });
});

describe('two workstations at one storage', () => {
  let other: Workstation;

  /** Another installation that took the task over by a rescan and runs it as well. */
  beforeEach(async () => {
    other = await Workstation.open();
    return () => other[Symbol.asyncDispose]();
  });

  async function adopt(): Promise<void> {
    await other.addStorage('disk', storage);
    await other.client.storages.rescan({ name: 'disk' });
    await other.client.tasks.pause({ name: 't', paused: false });
  }

  it('keep what the other one pinned', async () => {
    await station.createTask('t', { sources: [{ maximumCopies: 1 }] });
    const pinned = await station.backup('t');
    await adopt();
    await other.client.points.pin({ point: pinned.id, pinned: true });
    const [next = ''] = await backups(station, 1);
    expect(existsSync(join(storage, pinned.archives[0]?.path ?? ''))).toBe(true);
    expect(await station.points()).toEqual([next, pinned.id]);
    expect((await station.client.points.show({ point: pinned.id })).pinned).toBe(true);
  });

  it('count what the other one made or removed: neither too many are kept nor too few', async () => {
    await station.createTask('t', { sources: [{ maximumCopies: 3 }] });
    const own = await backups(station, 2);
    await adopt();
    const others = await backups(other, 2);
    expect(archivesIn(storage)).toHaveLength(3);
    const [last = ''] = await backups(station, 1);
    expect(await station.points()).toEqual([last, others[1], others[0]]);
    expect(archivesIn(storage)).toHaveLength(3);
    for (const point of others) await other.client.points.remove({ point });
    const [fresh = ''] = await backups(station, 1);
    expect(await station.points()).toEqual([fresh, last]);
    expect(await station.points()).not.toContain(own[0]);
    expect(archivesIn(storage)).toHaveLength(2);
  });

  it('never remove an archive in place of one that had its name before, within the same second', async () => {
    const clock = new ManualClock('2026-03-04T05:06:07Z');
    const [here, there] = [await Workstation.open({ clock }), await Workstation.open({ clock })];
    await here.addStorage('disk', storage);
    await here.addCluster('zk', [server]);
    await here.createTask('t', { sources: [{ maximumCopies: 1 }] });
    await here.backup('t');
    await there.addStorage('disk', storage);
    await there.client.storages.rescan({ name: 'disk' });
    await there.backup('t');
    const last = await here.backup('t');
    expect(archivesIn(storage)).toEqual([last.archives[0]?.path]);
    expect(await here.points()).toEqual([last.id]);
    await Promise.all([here[Symbol.asyncDispose](), there[Symbol.asyncDispose]()]);
  });

  it('cannot have removed what the other one pinned in the meantime', async () => {
    await station.createTask('t');
    const [point = ''] = await backups(station, 1);
    await adopt();
    await other.client.points.pin({ point, pinned: true });
    expect(await codeOf(station.client.points.remove({ point }))).toBe('engine.point-pinned');
    expect(archivesIn(storage)).toHaveLength(1);
  });
});
