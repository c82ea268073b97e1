import { describe, expect, it } from 'vitest';
import type { LogLine, RunStep } from '../../../shared/model/run.ts';
import { id, run } from './sample.ts';
import { temporaryCatalog } from './temporary.ts';

const failure = (code: string) => expect.objectContaining({ code });

function step(state: RunStep['state']): RunStep {
  return {
    name: 'capture',
    subject: 'ZooKeeper',
    state,
    started: '2026-06-01T10:00:00.000Z',
    done: 5,
    total: 9,
    bytes: 77,
  };
}

const LATER = '2026-06-01T10:00:00.000Z';

function line(text: string): LogLine {
  return { at: '2026-06-01T10:00:01.000Z', level: 'info', text };
}

describe('runs', () => {
  it('come back as they went in and as they were changed', () => {
    const { catalog } = temporaryCatalog();
    const first = run(1, { state: 'running', task: id(5), steps: [step('running')] });
    catalog.runs.add(first);
    expect(catalog.runs.get(id(1))).toEqual(first);
    const ended = run(1, {
      state: 'failed',
      task: id(5),
      point: id(1),
      steps: [step('failed')],
      counts: { captured: 5 },
      error: {
        code: 'storage.full',
        category: 'capacity',
        retryable: false,
        params: { path: 'a', tried: ['x', 'y'] },
        message: 'full',
        remedy: 'free',
        causes: ['ENOSPC'],
      },
    });
    catalog.runs.update(ended);
    expect(catalog.runs.get(id(1))).toEqual(ended);
  });

  it('have a log whose lines keep code and params, and those from before their text alone', () => {
    const { catalog } = temporaryCatalog();
    catalog.runs.add(run(1));
    const known = {
      ...line('a.tar.gz is gone'),
      code: 'rescan.vanished',
      params: { path: 'a.tar.gz', of: ['x'] },
    };
    catalog.runs.appendLog(id(1), [known, line('as it was')]);
    expect(catalog.runs.log(id(1))).toEqual([known, line('as it was')]);
  });

  it('are paged newest first, in the order they were added whatever the clock said', () => {
    const { catalog } = temporaryCatalog();
    for (let number = 1; number <= 7; number++) {
      const started = `2026-06-${String(20 - number)}T10:00:00.000Z`;
      catalog.runs.add(run(number, { started, task: id(number % 2) }));
    }
    const first = catalog.runs.list({ limit: 3 });
    expect(first.map((one) => one.id)).toEqual([id(7), id(6), id(5)]);
    const rest = catalog.runs.list({ limit: 10, after: id(5) });
    expect(rest.map((one) => one.id)).toEqual([id(4), id(3), id(2), id(1)]);
    const odd = catalog.runs.list({ limit: 2, task: id(1), after: id(6) });
    expect(odd.map((one) => one.id)).toEqual([id(5), id(3)]);
    expect(() => catalog.runs.list({ limit: 1, after: id(99) })).toThrow(failure('engine.no-run'));
  });

  it('go on behind one that was forgotten since the page before', () => {
    const { catalog } = temporaryCatalog();
    for (const number of [1, 2, 3, 4]) {
      // The clock was set back: the newest run is the oldest by date.
      catalog.runs.add(run(number, { started: number === 4 ? '2026-01-01T00:00:00.000Z' : LATER }));
    }
    const [last] = catalog.runs.list({ limit: 1 });
    expect(catalog.runs.forget(new Date('2026-02-01T00:00:00Z'))).toBe(1);
    const rest = catalog.runs.list({ limit: 2, after: last?.id ?? '' });
    expect(rest.map((one) => one.id)).toEqual([id(3), id(2)]);
    expect(() => catalog.runs.log(id(4))).toThrow(failure('engine.no-run'));
  });

  it('are found by kind, state and reason', () => {
    const { catalog } = temporaryCatalog();
    catalog.runs.add(run(1, { task: id(5), reason: 'schedule' }));
    catalog.runs.add(run(2, { task: id(5), kind: 'restore', state: 'conflict' }));
    catalog.runs.add(run(3, { task: id(5), state: 'incomplete' }));
    expect(catalog.runs.list({ kinds: ['restore'], limit: 9 }).map((one) => one.id)).toEqual([id(2)]);
    expect(catalog.runs.list({ states: ['incomplete', 'conflict'], limit: 9 })).toHaveLength(2);
    expect(catalog.runs.list({ states: [], limit: 9 })).toEqual([]);
    expect(catalog.runs.latest(id(5))?.id).toBe(id(3));
    expect(catalog.runs.latest(id(5), ['schedule', 'catch-up'])?.id).toBe(id(1));
    expect(catalog.runs.latest(id(6))).toBeUndefined();
  });

  it('are found by the beginning of their id', () => {
    const { catalog } = temporaryCatalog();
    catalog.runs.add(run(0, { id: 'abc0000000000001' }));
    catalog.runs.add(run(0, { id: 'abcf000000000002' }));
    expect(catalog.runs.resolve('abcf').id).toBe('abcf000000000002');
    expect(catalog.runs.resolve('abc0000000000001').id).toBe('abc0000000000001');
    expect(() => catalog.runs.resolve('abc')).toThrow(failure('catalog.ambiguous-id'));
    expect(() => catalog.runs.resolve('ab1')).toThrow(failure('engine.no-run'));
    expect(() => catalog.runs.resolve('%')).toThrow(failure('engine.no-run'));
  });

  it('left unfinished by a dead process become interrupted, steps included', () => {
    const { catalog } = temporaryCatalog();
    catalog.runs.add(run(1));
    catalog.runs.add(run(2, { state: 'running', steps: [step('succeeded'), step('running')] }));
    catalog.runs.add(run(3, { state: 'running' }));
    const now = new Date('2026-06-02T00:00:00.000Z');
    expect(catalog.runs.interruptUnfinished(now).map((one) => one.id)).toEqual([id(3), id(2)]);
    expect(catalog.runs.get(id(2))).toMatchObject({
      state: 'interrupted',
      ended: now.toISOString(),
      steps: [{ state: 'succeeded' }, { state: 'interrupted', ended: now.toISOString() }],
    });
    expect(catalog.runs.get(id(1)).state).toBe('succeeded');
    expect(catalog.runs.interruptUnfinished(now)).toEqual([]);
  });

  it('that ended long ago are forgotten with their logs, unfinished ones never', () => {
    const { catalog } = temporaryCatalog();
    const old = '2025-01-01T00:00:00.000Z';
    catalog.runs.add(run(1, { started: old }));
    catalog.runs.add(run(2, { started: old, state: 'running' }));
    catalog.runs.add(run(3));
    catalog.runs.appendLog(id(1), [line('gone')]);
    expect(catalog.runs.forget(new Date('2026-01-01T00:00:00Z'))).toBe(1);
    expect(catalog.runs.list({ limit: 9 }).map((one) => one.id)).toEqual([id(3), id(2)]);
    expect(() => catalog.runs.log(id(1))).toThrow(failure('engine.no-run'));
    expect(catalog.check()).toEqual([]);
  });
});

describe('the log of a run', () => {
  it('grows at its end, run by run, and is read in pages', () => {
    const { catalog } = temporaryCatalog();
    catalog.runs.add(run(1));
    catalog.runs.add(run(2));
    catalog.runs.appendLog(id(1), [line('one'), line('two')]);
    catalog.runs.appendLog(id(2), [line('other')]);
    catalog.runs.appendLog(id(1), []);
    catalog.runs.appendLog(id(1), [line('three'), { ...line('四'), level: 'error' }]);
    expect(catalog.runs.log(id(1)).map(({ text }) => text)).toEqual(['one', 'two', 'three', '四']);
    expect(catalog.runs.log(id(1), { offset: 1, limit: 2 }).map(({ text }) => text)).toEqual([
      'two',
      'three',
    ]);
    expect(catalog.runs.log(id(2))).toEqual([line('other')]);
    expect(() => catalog.runs.appendLog(id(9), [line('x')])).toThrow(failure('engine.no-run'));
  });

  it('stays when the run is changed', () => {
    const { catalog } = temporaryCatalog();
    catalog.runs.add(run(1, { state: 'running' }));
    catalog.runs.appendLog(id(1), [line('one')]);
    catalog.runs.update(run(1));
    expect(catalog.runs.log(id(1))).toEqual([line('one')]);
  });
});
