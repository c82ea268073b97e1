import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../main/protocols/zookeeper/index.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { nextLine, startChild } from '../../storages/child.ts';
import { canMount, mounted } from '../../storages/tmpfs.ts';
import { archivesIn, confirmByTools, filesIn } from './storage-folder.ts';
import { Workstation } from './workstation.ts';

const script = new URL('./engine-child.ts', import.meta.url);
const isRoot = process.getuid?.() === 0;

let server: ZooKeeperServer;
let folder: string;
let station: Workstation;

beforeAll(async () => {
  server = await startZooKeeper();
  const client = await connect({ connectString: server.connectString });
  await client.create('/small', Buffer.from('little'));
  await client.create('/large', null);
  for (let i = 0; i < 8; i++) await client.create(`/large/n${i}`, randomBytes(900_000));
  await client.close();
});

afterAll(() => server?.[Symbol.asyncDispose]());

beforeEach(async () => {
  folder = workFolder('storage-faults');
  station = await Workstation.open({}, join(folder, 'data'));
  await station.addCluster('zk', [server]);
  return async () => {
    await station[Symbol.asyncDispose]();
    removeWorkFolder(folder);
  };
});

describe.runIf(canMount())('a storage that fills up', () => {
  it('fails the run by its own code, leaves nothing half and what was there whole', async () => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    await mounted(disk, '3m', async () => {
      await station.addStorage('disk', disk);
      await station.createTask('small', { sources: [{ roots: ['/small'] }] });
      await station.createTask('large', { sources: [{ roots: ['/large'] }] });
      const kept = await station.backup('small');
      const before = filesIn(disk, { hidden: true });
      const { run, log } = await station.run('large');
      expect(run).toMatchObject({ state: 'failed', error: { code: 'storage.full', category: 'capacity' } });
      expect(run.steps.map(({ state }) => state)).toEqual(['failed']);
      expect(log).toContainEqual(expect.stringContaining('The storage is full'));
      expect(filesIn(disk, { hidden: true })).toEqual(before);
      expect(await station.points()).toEqual([kept.id]);
      confirmByTools(join(disk, archivesIn(disk)[0] ?? ''));
      execFileSync('mount', ['-o', 'remount,size=64m', disk]);
      await station.backup('large');
    });
  });
});

describe('a storage without rights', () => {
  it.runIf(isRoot)('fails the run by its own code', async () => {
    const disk = join(folder, 'disk');
    await station.addStorage('disk', disk);
    await station.createTask('small', { sources: [{ roots: ['/small'] }] });
    await station.backup('small');
    const before = filesIn(disk, { hidden: true });
    await station.close();
    execFileSync('chown', ['-R', '65534:65534', station.dataDirectory]);
    chmodSync(folder, 0o711);
    const child = startChild(script, ['without-rights', station.dataDirectory, 'small']);
    expect(await nextLine(child)).toEqual({ state: 'failed', code: 'storage.denied' });
    await child.ended;
    expect(filesIn(disk, { hidden: true })).toEqual(before);
    execFileSync('chown', ['-R', '0:0', station.dataDirectory]);
    await station.reopen();
  });

  it('that is gone fails the run, and is not made anew where that is turned off', async () => {
    const disk = join(folder, 'mount-point');
    mkdirSync(disk);
    const options = { directory: disk, create: false };
    await station.client.storages.add({ name: 'disk', driver: 'local', options });
    await station.createTask('small', { sources: [{ roots: ['/small'] }] });
    removeWorkFolder(disk);
    const { run } = await station.run('small');
    expect(run).toMatchObject({ state: 'failed', error: { code: 'storage.no-directory' } });
    expect(filesIn(folder).filter((path) => path.startsWith('mount-point'))).toEqual([]);
  });
});
