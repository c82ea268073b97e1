import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { until } from '../../servers/condition.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { nextLine, startChild } from '../../storages/child.ts';
import { goTogether } from '../../storages/race-outcome.ts';
import { fastClock } from './fast-clock.ts';
import { archivesIn, confirmByTools, filesIn } from './storage-folder.ts';
import { Workstation } from './workstation.ts';

const script = new URL('./engine-child.ts', import.meta.url);

let server: ZooKeeperServer;
let storage: string;
let first: Workstation;
let second: Workstation;

beforeAll(async () => {
  server = await startZooKeeper();
});

afterAll(() => server?.[Symbol.asyncDispose]());

beforeEach(async () => {
  storage = workFolder('storage');
  [first, second] = await Promise.all([
    Workstation.open({ clock: fastClock(30) }),
    Workstation.open({ clock: fastClock(30) }),
  ]);
  await first.addStorage('disk', storage);
  await first.addCluster('zk', [server]);
  await first.createTask('t', { sources: [{ maximumCopies: 2 }] });
  await first.backup('t');
  await second.addStorage('disk', storage);
  await second.client.storages.rescan({ name: 'disk' });
  return async () => {
    await Promise.all([first[Symbol.asyncDispose](), second[Symbol.asyncDispose]()]);
    removeWorkFolder(storage);
  };
});

it('two workstations that run one task at the same time keep its copies whole and to their number', async () => {
  const rounds = 6;
  await Promise.all([first.close(), second.close()]);
  const children = [first, second].map(({ dataDirectory }) =>
    startChild(script, ['repeat', dataDirectory, 't', `${rounds}`]),
  );
  await goTogether(children);
  const made = await Promise.all(children.map(nextLine));
  await Promise.all(children.map(({ ended }) => ended));
  expect(made).toEqual(Array.from({ length: 2 }, () => Array.from({ length: rounds }, () => 'succeeded')));
  // What was archived while the other one chose what to remove stays until the next run.
  const archives = archivesIn(storage);
  expect(archives.length).toBeGreaterThanOrEqual(2);
  expect(archives.length).toBeLessThanOrEqual(3);
  for (const path of archives) confirmByTools(join(storage, path));
  await Promise.all([first.reopen(), second.reopen()]);
  const [last, other] = [await first.backup('t'), await second.backup('t')];
  expect(archivesIn(storage)).toHaveLength(2);
  for (const station of [first, second]) {
    await station.client.storages.rescan({ name: 'disk' });
    expect((await station.points()).sort()).toEqual([last.id, other.id].sort());
  }
  expect(filesIn(storage)).toHaveLength(6);
});

it('what a workstation holds is left alone while it lives, and taken over when it has died', async () => {
  const directory = readdirSync(storage).find((name) => name.startsWith('t_')) ?? '';
  const place = JSON.stringify({ driver: 'local', options: { directory: storage } });
  const holder = startChild(script, ['hold', join(second.dataDirectory, '..', 'holder'), place, directory]);
  expect(await nextLine(holder)).toBe('held');
  const refused = await first.run('t');
  expect(refused.run.state).toBe('incomplete');
  expect(refused.log).toContainEqual(expect.stringContaining('elsewhere is working on the backups'));
  // The archive is made all the same; the others learn of it later.
  expect(archivesIn(storage)).toHaveLength(2);
  expect(controlPoints(directory)).toHaveLength(1);
  const waiting = first.run('t');
  await until('the third archive', () => archivesIn(storage).length === 3 || undefined);
  holder.kill('SIGKILL');
  await holder.ended;
  expect((await waiting).run.state).toBe('succeeded');
  expect(archivesIn(storage)).toHaveLength(2);
  await first.client.storages.rescan({ name: 'disk' });
  expect(controlPoints(directory).map(({ id }) => id)).toEqual((await first.points()).reverse());
});

function controlPoints(directory: string): { id: string }[] {
  return JSON.parse(readFileSync(join(storage, directory, 'control.json'), 'utf8')).points;
}
