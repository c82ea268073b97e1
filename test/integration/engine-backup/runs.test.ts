import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../main/protocols/zookeeper/index.ts';
import type { RunEvent } from '../../../shared/model/run.ts';
import { until } from '../../servers/condition.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { codeOf } from './codes.ts';
import { archivesIn, filesIn } from './storage-folder.ts';
import { Workstation } from './workstation.ts';

const SLOW = { requestsInFlight: 1, objectsPerSecond: 600 };

let server: ZooKeeperServer;
let station: Workstation;
let storage: string;

beforeAll(async () => {
  server = await startZooKeeper();
  const client = await connect({ connectString: server.connectString });
  await client.create('/app', null);
  await Promise.all(Array.from({ length: 1500 }, (_, i) => client.create(`/app/n${i}`, null)));
  await client.close();
});

afterAll(() => server?.[Symbol.asyncDispose]());

beforeEach(async () => {
  storage = workFolder('storage');
  station = await Workstation.open();
  await station.addStorage('disk', storage);
  await station.addCluster('zk', [server]);
  await station.addCluster('slow', [server], {}, SLOW);
  await station.addCluster('both', [server, server], {}, SLOW);
  return async () => {
    await station[Symbol.asyncDispose]();
    removeWorkFolder(storage);
  };
});

async function watched(run: string): Promise<RunEvent[]> {
  return Array.fromAsync(await station.client.runs.watch({ run }));
}

async function untilCaptured(run: string, step: number): Promise<void> {
  await until(`step ${step} to capture`, async () => {
    const { steps, state } = await station.client.runs.show({ run });
    if (state !== 'running') throw new Error(`the run ended as ${state}`);
    return (steps[step]?.done ?? 0) > 0 || undefined;
  });
}

describe('who watches a run', () => {
  it('sees it go on, at most ten times a second, and end', async () => {
    await station.createTask('t', { cluster: 'slow', sources: [{ roots: ['/app'] }] });
    const begun = performance.now();
    const { id } = await station.client.tasks.run({ name: 't' });
    const [events, others] = await Promise.all([watched(id), watched(id)]);
    const tenths = (performance.now() - begun) / 100;
    const progress = events.filter(({ event }) => event === 'progress');
    expect(progress.length).toBeGreaterThan(5);
    expect(progress.length).toBeLessThanOrEqual(Math.ceil(tenths) + 1);
    const done = progress.map((event) => (event.event === 'progress' ? (event.run.steps[0]?.done ?? 0) : 0));
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    for (const each of [events, others]) {
      expect(each.at(-1)).toMatchObject({ event: 'ended', run: { id, state: 'succeeded' } });
      expect(each.filter(({ event }) => event === 'ended')).toHaveLength(1);
    }
    expect(await watched(id)).toEqual([events.at(-1)]);
  });

  it('may leave and come back without disturbing it', async () => {
    await station.createTask('t', { cluster: 'slow', sources: [{ roots: ['/app'] }] });
    const { id } = await station.client.tasks.run({ name: 't' });
    for await (const { event } of await station.client.runs.watch({ run: id }))
      if (event === 'progress') break;
    expect((await station.client.runs.show({ run: id })).state).toBe('running');
    expect((await station.ended(id)).run.state).toBe('succeeded');
  });
});

describe('a run that is cancelled', () => {
  it('ends as cancelled and leaves nothing', async () => {
    await station.createTask('t', { cluster: 'slow', sources: [{ roots: ['/app'] }] });
    const { id } = await station.client.tasks.run({ name: 't' });
    await untilCaptured(id, 0);
    await station.client.runs.cancel({ run: id });
    const { run } = await station.ended(id);
    expect(run).toMatchObject({ state: 'cancelled', error: { code: 'general.cancelled' } });
    expect(run.steps.map(({ state }) => state)).toEqual(['cancelled']);
    expect(run.point).toBeUndefined();
    expect(filesIn(storage, { hidden: true })).toEqual([]);
    expect(await station.points()).toEqual([]);
    await station.client.runs.cancel({ run: id });
    expect((await station.client.runs.show({ run: id })).state).toBe('cancelled');
    await station.backup('t');
  });

  it('keeps what it had committed as an incomplete point, and nothing half', async () => {
    const sources = [{ roots: ['/app'] }, { service: 'ZooKeeper-2', roots: ['/app'], directory: 'b' }];
    await station.createTask('t', { cluster: 'both', sources });
    const { id } = await station.client.tasks.run({ name: 't' });
    await untilCaptured(id, 1);
    await station.client.runs.cancel({ run: id });
    expect((await station.ended(id)).run.state).toBe('cancelled');
    const [point, ...more] = await station.client.points.list({ limit: 10 });
    expect(more).toEqual([]);
    expect(point).toMatchObject({ id, complete: false });
    expect(point?.archives.map(({ path }) => path)).toEqual(archivesIn(storage));
    await station.client.storages.rescan({ name: 'disk' });
    expect(await station.client.points.list({ limit: 10 })).toEqual([point]);
  });

  it('has to be there', async () => {
    const unknown = { run: '0'.repeat(16) };
    expect(await codeOf(station.client.runs.cancel(unknown))).toBe('engine.no-run');
    expect(await codeOf(station.client.runs.show(unknown))).toBe('engine.no-run');
    expect(await codeOf(station.client.runs.log(unknown))).toBe('engine.no-run');
  });
});

describe('the engine’s end', () => {
  it('interrupts what runs, and the next engine knows it', async () => {
    await station.createTask('t', { cluster: 'slow', sources: [{ roots: ['/app'] }] });
    const { id } = await station.client.tasks.run({ name: 't' });
    await untilCaptured(id, 0);
    await station.close();
    expect(filesIn(storage, { hidden: true })).toEqual([]);
    await station.reopen();
    expect(await station.client.runs.show({ run: id })).toMatchObject({ state: 'interrupted' });
    await station.backup('t');
  });
});

describe('runs', () => {
  it('are listed in pages, newest first, of one task or of all', async () => {
    await station.createTask('a', { sources: [{ roots: ['/app'] }] });
    await station.createTask('b', { sources: [{ roots: ['/app'] }] });
    const made: string[] = [];
    for (const name of ['a', 'b', 'a', 'b', 'a']) made.unshift((await station.backup(name)).id);
    const first = await station.client.runs.list({ limit: 2 });
    const second = await station.client.runs.list({ limit: 2, after: first[1]?.id ?? '' });
    const third = await station.client.runs.list({ limit: 2, after: second[1]?.id ?? '' });
    expect([...first, ...second, ...third].map(({ id }) => id)).toEqual(made);
    const ofA = await station.client.runs.list({ task: 'a', limit: 10 });
    expect(ofA.map(({ id }) => id)).toEqual([made[0], made[2], made[4]]);
    expect(await codeOf(station.client.runs.list({ task: 'none', limit: 10 }))).toBe('catalog.no-task');
    const points = await station.client.points.list({ task: 'b', limit: 1 });
    const rest = await station.client.points.list({ task: 'b', limit: 10, after: points[0]?.id ?? '' });
    expect([...points, ...rest].map(({ id }) => id)).toEqual([made[1], made[3]]);
  });
});
