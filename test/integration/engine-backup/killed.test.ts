import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { connect } from '../../../main/protocols/zookeeper/index.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { type Child, startChild } from '../../storages/child.ts';
import { archivesIn, confirmByTools, filesIn } from './storage-folder.ts';
import { Workstation } from './workstation.ts';

const script = new URL('./engine-child.ts', import.meta.url);
const KILLS = 18;

let server: ZooKeeperServer;
let station: Workstation;
let storage: string;

beforeAll(async () => {
  server = await startZooKeeper();
  const client = await connect({ connectString: server.connectString });
  await client.create('/app', null);
  // Enough that the archive takes many writes; random, so that it does not shrink to one block.
  const values = Array.from({ length: 400 }, (_, i) => Buffer.from(`${i}:`.padEnd(2000, `${Math.sin(i)}`)));
  await Promise.all(values.map((value, i) => client.create(`/app/n${i}`, value)));
  await client.close();
});

afterAll(() => server?.[Symbol.asyncDispose]());

beforeEach(async () => {
  station = await Workstation.open();
  storage = workFolder('storage');
  await station.addStorage('disk', storage);
  await station.addCluster('zk', [server, server]);
  const sources = [
    { roots: ['/app'], maximumCopies: 3 },
    { service: 'ZooKeeper-2', directory: 'b', maximumCopies: 3 },
  ];
  await station.createTask('t', { sources });
  return async () => {
    await station[Symbol.asyncDispose]();
    removeWorkFolder(storage);
  };
});

/** What the child told before it ended. */
async function told(child: Child): Promise<unknown> {
  const line = await child.lines.next();
  await child.ended;
  return line.done === true ? undefined : line.value;
}

function runInChild(operations: number): Promise<unknown> {
  return told(startChild(script, ['run', station.dataDirectory, 't', `${operations}`]));
}

/** Every archive that is there must be whole, whatever happened to the process that wrote it. */
async function expectWholeArchives(where: string): Promise<void> {
  for (const path of archivesIn(storage).map((name) => join(storage, name))) {
    expect(await station.client.explore.inspect({ path }), where).toMatchObject({ kind: 'archive' });
    execFileSync('gzip', ['-t', path]);
  }
}

it('a backup killed at any moment leaves earlier points whole, nothing half, and is shown as interrupted', async () => {
  const first = await station.backup('t');
  await station.client.points.pin({ point: first.id, pinned: true });
  await station.close();
  const measured = Object(await runInChild(0));
  expect(measured).toMatchObject({ state: 'succeeded' });
  const seen = new Set<string>();
  for (let kill = 0; kill < KILLS; kill++) {
    // One moment in each of so many equal stretches: the same ones each time, all over the run.
    const operations = Math.floor(measured.operations * ((kill + 0.37) / KILLS));
    const before = new Set(archivesIn(storage));
    const outcome = await runInChild(operations);
    const where = `killed with operation ${operations} of ${measured.operations}`;
    await station.reopen();
    await expectWholeArchives(where);
    for (const archive of first.archives) expect(existsSync(join(storage, archive.path)), where).toBe(true);
    if (outcome === undefined) {
      const [run] = await station.client.runs.list({ limit: 1 });
      if (run?.state === 'interrupted') {
        for (const step of run.steps) expect(['succeeded', 'interrupted'], where).toContain(step.state);
      }
      seen.add(`${run?.state} ${archivesIn(storage).filter((path) => !before.has(path)).length}`);
    }
    const next = await station.backup('t');
    expect(next.complete, where).toBe(true);
    await station.close();
  }
  // Killed before the first archive, between the two, and after both.
  expect([...seen]).toEqual(expect.arrayContaining(['interrupted 0', 'interrupted 1', 'interrupted 2']));

  await station.reopen();
  await station.client.storages.rescan({ name: 'disk' });
  const archives = archivesIn(storage);
  for (const path of archives) confirmByTools(join(storage, path));
  expect(filesIn(storage)).toHaveLength(archives.length * 3);
  const points = await station.client.points.list({ limit: 100 });
  expect(points.flatMap((point) => point.archives.map(({ path }) => path)).sort()).toEqual(archives);
  for (const { complete, archives: own } of points) expect(complete).toBe(own.length === 2);
  const again = await station.client.storages.rescan({ name: 'disk' });
  expect(again.repaired).toEqual([]);
}, 240_000);
