import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../main/protocols/zookeeper/index.ts';
import type { Schedule } from '../../../shared/model/task.ts';
import { ManualClock, settle } from '../../clock/manual-clock.ts';
import { until } from '../../servers/condition.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { codeOf } from './codes.ts';
import { Workstation } from './workstation.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = '2026-03-04T05:30:00.000Z';
const hourly: Schedule = { start: '2026-03-04T06:00:00.000Z', every: 1, unit: 'hours', timeZone: 'UTC' };

let server: ZooKeeperServer;
let clock: ManualClock;
let station: Workstation;
let storage: string;

beforeAll(async () => {
  server = await startZooKeeper();
  const client = await connect({ connectString: server.connectString });
  await client.create('/app', null);
  await Promise.all(Array.from({ length: 600 }, (_, i) => client.create(`/app/n${i}`, null)));
  await client.close();
});

afterAll(() => server?.[Symbol.asyncDispose]());

beforeEach(async () => {
  clock = new ManualClock(NOW);
  storage = workFolder('storage');
  station = await Workstation.open({ clock });
  await station.addStorage('disk', storage);
  await station.addCluster('zk', [server]);
  return async () => {
    await station[Symbol.asyncDispose]();
    removeWorkFolder(storage);
  };
});

/** Waits for so many runs to have ended; gives their reasons and starts, oldest first. */
async function runs(count: number): Promise<string[]> {
  const ended = await until(`${count} runs`, async () => {
    const all = await station.client.runs.list({ limit: 100 });
    if (all.length > count) throw new Error(`${all.length} runs in place of ${count}`);
    return all.length === count && all.every(({ state }) => state !== 'running') ? all : undefined;
  });
  await settle();
  expect(new Set(ended.map(({ state }) => state))).toEqual(new Set(count === 0 ? [] : ['succeeded']));
  return ended.map(({ reason, started }) => `${reason} ${started.slice(5, 16)}`).reverse();
}

async function scheduled(schedule: Schedule): Promise<void> {
  await station.createTask('t', { schedule, sources: [{ roots: ['/app'] }] });
  station.startScheduler();
  await settle();
}

describe('a scheduled task', () => {
  it('runs at its start and every so many hours from there', async () => {
    await scheduled({ ...hourly, every: 2 });
    await clock.pass(29 * MINUTE);
    expect(await runs(0)).toEqual([]);
    await clock.pass(MINUTE);
    expect(await runs(1)).toEqual(['schedule 03-04T06:00']);
    await clock.pass(119 * MINUTE);
    await runs(1);
    await clock.pass(MINUTE);
    expect(await runs(2)).toEqual(['schedule 03-04T06:00', 'schedule 03-04T08:00']);
    const { next, last } = await station.client.tasks.show({ name: 't' });
    expect(next.slice(0, 2)).toEqual(['2026-03-04T10:00:00.000Z', '2026-03-04T12:00:00.000Z']);
    expect(last).toMatchObject({ state: 'succeeded', reason: 'schedule' });
  });

  it('runs every so many days at the same local time, across a change of the clocks', async () => {
    clock.set('2026-03-28T00:00:00.000Z');
    await scheduled({ start: '2026-03-28T01:30:00.000Z', every: 1, unit: 'days', timeZone: 'Europe/Berlin' });
    await clock.pass(2 * HOUR);
    await runs(1);
    await clock.pass(24 * HOUR);
    await runs(2);
    await clock.pass(24 * HOUR);
    // 02:30 is skipped on the 29th and means 03:30; on the 30th it is an hour earlier in UTC.
    expect(await runs(3)).toEqual(['schedule 03-28T01:30', 'schedule 03-29T01:30', 'schedule 03-30T00:30']);
  });

  it('catches up once after a sleep, however much was missed', async () => {
    await scheduled(hourly);
    await clock.pass(30 * MINUTE);
    await runs(1);
    clock.sleep(10 * HOUR + 5 * MINUTE);
    await clock.pass(MINUTE);
    expect((await runs(2)).at(-1)).toMatch(/^catch-up 03-04T16:0[56]$/);
    await clock.pass(HOUR);
    expect((await runs(3)).at(-1)).toMatch(/^schedule 03-04T17:00/);
  });

  it('catches up what fell into the time when no engine ran', async () => {
    await scheduled(hourly);
    await station.close();
    clock.set('2026-03-04T09:20:00.000Z');
    await station.reopen();
    station.startScheduler();
    await clock.pass(0);
    expect(await runs(1)).toEqual(['catch-up 03-04T09:20']);
  });

  it('does not run twice when the clock is set back a little', async () => {
    await scheduled(hourly);
    await clock.pass(30 * MINUTE);
    await runs(1);
    clock.set('2026-03-04T05:55:00.000Z');
    await clock.pass(10 * MINUTE);
    expect(await runs(1)).toEqual(['schedule 03-04T06:00']);
  });

  it('goes on when the clock was far ahead for a while, with and without a new start', async () => {
    await scheduled(hourly);
    clock.set('2036-01-01T00:00:30.000Z');
    await clock.pass(MINUTE);
    await runs(1);
    clock.set('2026-03-04T06:30:00.000Z');
    await clock.pass(30 * MINUTE);
    expect(await runs(2)).toEqual(['catch-up 01-01T00:00', 'schedule 03-04T07:00']);
    await clock.pass(30 * MINUTE);
    await station.reopen();
    station.startScheduler();
    await clock.pass(30 * MINUTE);
    expect((await runs(3)).at(-1)).toBe('schedule 03-04T08:00');
  });

  it('does nothing while it is paused, and does not catch that up', async () => {
    await scheduled(hourly);
    expect((await station.client.tasks.pause({ name: 't', paused: true })).next).toEqual([]);
    await clock.pass(5 * HOUR);
    await runs(0);
    await station.client.tasks.pause({ name: 't', paused: false });
    await clock.pass(10 * MINUTE);
    await runs(0);
    await clock.pass(20 * MINUTE);
    expect(await runs(1)).toEqual(['schedule 03-04T11:00']);
  });

  it('that is removed is not run again', async () => {
    await scheduled(hourly);
    await station.client.tasks.remove({ name: 't' });
    await clock.pass(3 * HOUR);
    await runs(0);
  });
});

describe('a task', () => {
  it('has one run at a time: a due one waits for the one that a person started', async () => {
    await station.addCluster('slow', [server], {}, { requestsInFlight: 1, objectsPerSecond: 400 });
    const sources = [{ roots: ['/app'] }];
    await station.createTask('t', { cluster: 'slow', schedule: hourly, sources });
    station.startScheduler();
    clock.set('2026-03-04T05:59:00.000Z');
    const { id } = await station.client.tasks.run({ name: 't' });
    expect(await codeOf(station.client.tasks.run({ name: 't' }))).toBe('engine.task-busy');
    await clock.pass(90_000);
    expect(await station.client.runs.list({ limit: 10 })).toMatchObject([{ id, state: 'running' }]);
    await station.ended(id);
    await clock.pass(MINUTE);
    const reasons = await runs(2);
    expect(reasons[0]).toBe('person 03-04T05:59');
    expect(reasons[1]).toMatch(/^(schedule|catch-up) 03-04T06:0/);
  });

  it('runs beside other tasks', async () => {
    for (const name of ['a', 'b', 'c']) {
      await station.createTask(name, { schedule: hourly, sources: [{ roots: ['/app'] }] });
    }
    station.startScheduler();
    await clock.pass(30 * MINUTE);
    expect(await runs(3)).toEqual(Array.from({ length: 3 }, () => 'schedule 03-04T06:00'));
  });
});
