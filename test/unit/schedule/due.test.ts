import { describe, expect, it } from 'vitest';
import { dueRun, nextDue } from '../../../main/engine/schedule/due.ts';
import type { Schedule } from '../../../shared/model/task.ts';

const daily: Schedule = { start: '2026-06-01T10:00:00.000Z', every: 1, unit: 'days', timeZone: 'UTC' };

function due(handled: string, now: string) {
  return dueRun(daily, new Date(handled), new Date(now));
}

describe('a due run', () => {
  it('is there from its time on, not before', () => {
    expect(due('2026-06-01T10:00:00Z', '2026-06-02T09:59:59.999Z')).toBeUndefined();
    expect(due('2026-06-01T10:00:00Z', '2026-06-02T10:00:00Z')).toEqual({
      at: new Date('2026-06-02T10:00:00Z'),
      reason: 'schedule',
      missed: 0,
    });
  });

  it('is gone once handled', () => {
    expect(due('2026-06-02T10:00:00.120Z', '2026-06-02T10:00:30Z')).toBeUndefined();
  });

  it('that is late is a catch-up', () => {
    expect(due('2026-06-01T10:00:00Z', '2026-06-02T10:30:00Z')).toMatchObject({
      reason: 'catch-up',
      missed: 0,
    });
  });

  it('stands for all that were missed, as one', () => {
    expect(due('2026-06-01T10:00:00Z', '2026-06-08T09:00:00Z')).toEqual({
      at: new Date('2026-06-07T10:00:00Z'),
      reason: 'catch-up',
      missed: 5,
    });
  });

  it('does not come from before the task was made', () => {
    expect(due('2026-06-05T12:00:00Z', '2026-06-05T12:00:01Z')).toBeUndefined();
  });
});

describe('a clock that was set back', () => {
  it('by a little does not start the same run again', () => {
    expect(due('2026-06-02T10:00:01Z', '2026-06-02T09:59:58Z')).toBeUndefined();
    expect(nextDue(daily, new Date('2026-06-02T10:00:01Z'), new Date('2026-06-02T09:59:58Z'))).toEqual(
      new Date('2026-06-03T10:00:00Z'),
    );
  });

  it('by much does not keep the task from running until then', () => {
    const handled = new Date('2036-01-01T00:00:00Z');
    const now = new Date('2026-06-02T09:00:00Z');
    expect(nextDue(daily, handled, now)).toEqual(new Date('2026-06-02T10:00:00Z'));
  });
});
