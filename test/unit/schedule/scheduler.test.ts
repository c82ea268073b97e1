import { describe, expect, it } from 'vitest';
import { Scheduler } from '../../../main/engine/schedule/scheduler.ts';
import type { Schedule } from '../../../shared/model/task.ts';
import { ManualClock, settle } from '../../clock/manual-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const hourly: Schedule = { start: '2026-06-01T00:00:00.000Z', every: 1, unit: 'hours', timeZone: 'UTC' };
const BEGIN = '2026-06-01T00:30:00.000Z';

interface Started {
  readonly task: string;
  readonly reason: string;
  readonly at: string;
  end(outcome?: 'ended' | 'busy'): void;
  fail(error: Error): void;
}

/** A scheduler whose runs end when the test says so. */
function stage() {
  const clock = new ManualClock(BEGIN);
  const started: Started[] = [];
  const errors: [string, unknown][] = [];
  const scheduler = new Scheduler({
    clock,
    start: (task, reason) => {
      const { promise, resolve, reject } = Promise.withResolvers<'ended' | 'busy'>();
      const at = clock.now().toISOString().slice(11, 16);
      started.push({ task, reason, at, end: (outcome = 'ended') => resolve(outcome), fail: reject });
      return promise;
    },
    onError: (task, error) => errors.push([task, error]),
  });
  const put = (id: string, more: { schedule?: Schedule; paused?: boolean; handled?: Date } = {}) =>
    scheduler.put({ id, schedule: hourly, paused: false, handled: new Date(BEGIN), ...more });
  const times = () => started.map(({ task, reason, at }) => `${task} ${reason} ${at}`);
  return { clock, scheduler, started, errors, put, times };
}

describe('Scheduler', () => {
  it('starts each task when it is due', async () => {
    const { clock, put, times } = stage();
    put('a');
    put('b', { schedule: { ...hourly, start: '2026-06-01T00:45:00.000Z' } });
    await clock.pass(HOUR);
    expect(times()).toEqual(['b schedule 00:45', 'a schedule 01:00']);
  });

  it('holds one timer for any number of tasks, none for none', async () => {
    const { clock, scheduler, put } = stage();
    for (const id of ['a', 'b', 'c']) put(id);
    await clock.pass(5 * MINUTE);
    expect(clock.timers).toBe(1);
    for (const id of ['a', 'b', 'c']) scheduler.remove(id);
    expect(clock.timers).toBe(0);
  });

  it('runs a task once at a time and catches up after a run that took too long', async () => {
    const { clock, put, started, times } = stage();
    put('a');
    await clock.pass(3 * HOUR);
    expect(times()).toEqual(['a schedule 01:00']);
    started[0]?.end();
    await clock.pass(MINUTE);
    expect(times()).toEqual(['a schedule 01:00', 'a catch-up 03:30']);
  });

  it('catches up once after sleep, within a minute of waking', async () => {
    const { clock, put, times } = stage();
    put('a');
    await clock.pass(MINUTE);
    clock.sleep(10 * HOUR);
    await clock.pass(MINUTE);
    expect(times()).toHaveLength(1);
    expect(times()[0]).toContain('catch-up');
  });

  it('goes by the clock that was set forward', async () => {
    const { clock, put, times } = stage();
    put('a', { schedule: { ...hourly, every: 24 } });
    clock.set('2026-06-01T23:59:30.000Z');
    await clock.pass(MINUTE);
    expect(times()).toEqual(['a schedule 00:00']);
  });

  it('goes by the clock that was set back, and does not repeat a run for a small correction', async () => {
    const { clock, put, started, times } = stage();
    put('a');
    await clock.pass(31 * MINUTE);
    started[0]?.end();
    await settle();
    clock.set('2026-06-01T00:59:00.000Z');
    await clock.pass(5 * MINUTE);
    expect(times()).toEqual(['a schedule 01:00']);
    clock.set('2026-05-20T00:00:00.000Z');
    await clock.pass(2 * HOUR);
    expect(times()).toHaveLength(1);
    clock.set('2026-06-01T01:59:59.000Z');
    await clock.pass(MINUTE);
    expect(times()).toEqual(['a schedule 01:00', 'a schedule 02:00']);
  });

  it('goes on at once when a run was started while the clock was years ahead', async () => {
    const { clock, put, started, times } = stage();
    put('a');
    clock.set('2036-01-01T00:00:30.000Z');
    await clock.pass(MINUTE);
    started[0]?.end();
    await settle();
    clock.set('2026-06-01T01:30:00.000Z');
    await clock.pass(HOUR);
    expect(times()).toEqual(['a catch-up 00:00', 'a schedule 02:00']);
  });

  it('asks again within a minute for a task that was busy', async () => {
    const { clock, put, started, times } = stage();
    put('a');
    await clock.pass(30 * MINUTE);
    started[0]?.end('busy');
    await clock.pass(MINUTE);
    expect(times()).toEqual(['a schedule 01:00', 'a schedule 01:01']);
  });

  it('reports a start that failed and asks again', async () => {
    const { clock, put, started, errors, times } = stage();
    put('a');
    await clock.pass(30 * MINUTE);
    const problem = new Error('no disk');
    started[0]?.fail(problem);
    await clock.pass(MINUTE);
    expect(errors).toEqual([['a', problem]]);
    expect(times()).toHaveLength(2);
  });

  it('reports a start that throws at once and asks again', async () => {
    const clock = new ManualClock(BEGIN);
    const errors: unknown[] = [];
    const scheduler = new Scheduler({
      clock,
      start: () => {
        throw new Error('no catalog');
      },
      onError: (task, error) => errors.push([task, String(error)]),
    });
    scheduler.put({ id: 'a', schedule: hourly, paused: false, handled: new Date(BEGIN) });
    await clock.pass(31 * MINUTE);
    expect(errors).toEqual([
      ['a', 'Error: no catalog'],
      ['a', 'Error: no catalog'],
    ]);
  });

  it('does not start a paused task, nor catch up what fell into the pause', async () => {
    const { clock, put, times } = stage();
    put('a');
    put('a', { paused: true });
    await clock.pass(5 * HOUR);
    put('a');
    await clock.pass(MINUTE);
    expect(times()).toEqual([]);
    await clock.pass(29 * MINUTE);
    expect(times()).toEqual(['a schedule 06:00']);
  });

  it('does not catch up what a changed schedule would have had before', async () => {
    const { clock, put, times } = stage();
    put('a', { schedule: { ...hourly, every: 100 } });
    await clock.pass(5 * HOUR);
    put('a');
    await clock.pass(29 * MINUTE);
    expect(times()).toEqual([]);
    await clock.pass(MINUTE);
    expect(times()).toEqual(['a schedule 06:00']);
  });

  it('catches up after a restart from the last run', async () => {
    const { clock, put, times } = stage();
    put('a', {
      handled: new Date('2026-05-01T00:00:00Z'),
      schedule: { ...hourly, start: '2026-04-01T00:00:00.000Z' },
    });
    await clock.pass(0);
    expect(times()).toEqual(['a catch-up 00:30']);
  });

  it('starts nothing after a removal or stop', async () => {
    const { clock, scheduler, put, times } = stage();
    put('a');
    put('b');
    scheduler.remove('a');
    await clock.pass(31 * MINUTE);
    expect(times()).toEqual(['b schedule 01:00']);
    scheduler.stop();
    await clock.pass(5 * HOUR);
    expect(times()).toHaveLength(1);
    expect(clock.timers).toBe(0);
  });

  it('refuses a zone that does not exist', () => {
    const { put } = stage();
    expect(() => put('a', { schedule: { ...hourly, timeZone: 'Nowhere/Here' } })).toThrow('no time zone');
  });
});
