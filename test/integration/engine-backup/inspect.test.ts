import { execFileSync } from 'node:child_process';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../main/protocols/zookeeper/index.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { codeOf } from './codes.ts';
import { archivesIn, confirmByTools } from './storage-folder.ts';
import { Workstation } from './workstation.ts';

let server: ZooKeeperServer;
let station: Workstation;
let folder: string;

beforeAll(async () => {
  server = await startZooKeeper();
  const client = await connect({ connectString: server.connectString });
  await client.create('/app', null);
  for (let i = 0; i < 100; i++) await client.create(`/app/n${i}`, Buffer.from(`value ${i}`));
  await client.close();
});

afterAll(() => server?.[Symbol.asyncDispose]());

beforeEach(async () => {
  folder = workFolder('inspect');
  station = await Workstation.open();
  return async () => {
    await station[Symbol.asyncDispose]();
    removeWorkFolder(folder);
  };
});

/** Backs up by a one-off command; gives the path of the archive. */
async function once(): Promise<string> {
  const { id } = await station.client.backups.once({
    source: { driver: 'zookeeper', options: { connectString: server.connectString } },
    selection: { roots: ['/app'] },
    storage: { driver: 'local', options: { directory: folder } },
    name: 'by hand',
    consent: true,
  });
  const { run, log } = await station.ended(id);
  expect(run.state).toBe('succeeded');
  const [path] = archivesIn(folder);
  expect(log).toContainEqual(`info: the archive is ${path}`);
  return join(folder, path ?? '');
}

describe('a one-off backup', () => {
  it('leaves an archive that tells everything, and nothing saved', async () => {
    const path = await once();
    expect(basename(join(path, '..'))).toMatch(/^by%20hand_\d{14}$/);
    confirmByTools(path);
    const { client } = station;
    expect([
      await client.clusters.list({}),
      await client.tasks.list({}),
      await client.storages.list({}),
    ]).toEqual([[], [], []]);
    expect(await station.points()).toEqual([]);
    expect(await client.explore.inspect({ path })).toMatchObject({
      kind: 'archive',
      size: readFileSync(path).length,
      manifest: {
        source: { id: 'zookeeper', version: '3.9.4' },
        cluster: { name: 'by hand' },
        task: null,
        complete: true,
        counts: { znode: { entries: 102 } },
      },
    });
    const place = await client.explore.place({ target: { of: 'file', path }, key: ['app'], limit: 1000 });
    expect(place.children).toHaveLength(100);
    const verified = (
      await Array.fromAsync(await client.explore.verify({ target: { of: 'file', path }, level: 'content' }))
    ).at(-1);
    expect(verified).toMatchObject({ event: 'verified', verification: { sound: true, entries: 102 } });
  });

  it('is refused before it starts when its options are wrong', async () => {
    const wish = {
      source: { driver: 'zookeeper', options: { connectString: server.connectString } },
      selection: {},
      storage: { driver: 'local', options: { directory: folder } },
      name: 'x',
      consent: true,
    };
    const { client } = station;
    const driver = { driver: 'oracle', options: {} };
    expect(await codeOf(client.backups.once({ ...wish, source: driver }))).toBe('general.invalid-input');
    expect(await codeOf(client.backups.once({ ...wish, source: { driver: 'zookeeper', options: {} } }))).toBe(
      'general.invalid-input',
    );
    expect(await codeOf(client.backups.once({ ...wish, consent: false }))).toBe('engine.consent-needed');
    expect(await client.runs.list({ limit: 10 })).toEqual([]);
  });
});

describe('inspect', () => {
  it.each([
    [
      '2.1.0_Kafka_20240102030405.tar.gz',
      { dataSource: 'Kafka', version: '2.1.0', time: '2024-01-02T03:04:05.000Z' },
    ],
    ['Kafka_20240102030405.tar.gz', { dataSource: 'Kafka', time: '2024-01-02T03:04:05.000Z' }],
    ['backup-1704164645000.tar.gz', { dataSource: 'backup', time: '2024-01-02T03:04:05.000Z' }],
  ])('tells what a foreign archive called %s is, and what is in it', async (name, facts) => {
    writeFileSync(join(folder, 'one.txt'), 'content');
    const path = join(folder, name);
    execFileSync('tar', ['-czf', path, '-C', folder, 'one.txt']);
    const inspection = await station.client.explore.inspect({ path });
    expect(inspection).toMatchObject({
      kind: 'foreign',
      ...facts,
      truncated: false,
      entries: [{ path: 'one.txt', type: 'File', size: 7 }],
    });
    expect('version' in inspection).toBe('version' in facts);
  });

  it('warns of what a hostile archive would do', async () => {
    writeFileSync(join(folder, 'one.txt'), 'content');
    const path = join(folder, 'Kafka_20240102030405.tar.gz');
    execFileSync('tar', ['-czPf', path, '--transform', 's,^,../../,', '-C', folder, 'one.txt']);
    const inspection = await station.client.explore.inspect({ path });
    expect(inspection).toMatchObject({ entries: [{ path: '../../one.txt', warning: expect.any(String) }] });
  });

  it('says of a cut off archive that it is damaged, be it ours or foreign', async () => {
    const own = await once();
    truncateSync(own, readFileSync(own).length - 100);
    expect(await codeOf(station.client.explore.inspect({ path: own }))).toMatch(/^archive\./);
    writeFileSync(
      join(folder, 'one.txt'),
      Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i) % 251)),
    );
    const foreign = join(folder, 'Kafka_20240102030405.tar.gz');
    execFileSync('tar', ['-czf', foreign, '-C', folder, 'one.txt']);
    truncateSync(foreign, readFileSync(foreign).length - 50);
    expect(await codeOf(station.client.explore.inspect({ path: foreign }))).toMatch(/^archive\./);
  });

  it('says of other files that they are no archives, and of none that it is not there', async () => {
    const text = join(folder, 'text.tar.gz');
    writeFileSync(text, 'this is no archive at all');
    expect(await codeOf(station.client.explore.inspect({ path: text }))).toMatch(/^archive\./);
    writeFileSync(text, '');
    expect(await codeOf(station.client.explore.inspect({ path: text }))).toMatch(/^archive\./);
    const none = join(folder, 'none.tar.gz');
    expect(await codeOf(station.client.explore.inspect({ path: none }))).toBe('storage.missing');
  });
});
