import { describe, expect, it } from 'vitest';
import { overdueSince } from '../../../main/engine/schedule/overdue.ts';
import { previewSchedule } from '../../../main/engine/schedule/preview.ts';
import type { Schedule } from '../../../shared/model/task.ts';

const HALF_PAST_TWO: Schedule = {
  start: '2026-03-27T01:30:00.000Z',
  every: 1,
  unit: 'days',
  timeZone: 'Europe/Berlin',
};

describe('a preview of a schedule', () => {
  it('shows the local clock with its offset, over the hour that is skipped in spring', () => {
    const next = previewSchedule(HALF_PAST_TWO, new Date('2026-03-28T00:00:00Z'), 3);
    expect(next).toEqual([
      { at: '2026-03-28T01:30:00.000Z', local: '2026-03-28T02:30:00+01:00' },
      // 02:30 does not exist: the clocks go from 02:00 to 03:00.
      { at: '2026-03-29T01:30:00.000Z', local: '2026-03-29T03:30:00+02:00' },
      { at: '2026-03-30T00:30:00.000Z', local: '2026-03-30T02:30:00+02:00' },
    ]);
  });

  it('writes offsets of half an hour and behind UTC', () => {
    const local = (timeZone: string) =>
      previewSchedule({ ...HALF_PAST_TWO, timeZone }, new Date('2026-06-01T00:00:00Z'), 1)[0]?.local;
    expect(local('Asia/Kolkata')).toMatch(/\+05:30$/);
    expect(local('America/St_Johns')).toMatch(/-02:30$/);
  });

  it('refuses a zone that nobody knows', () => {
    const schedule = { ...HALF_PAST_TWO, timeZone: 'Mars/Olympus' };
    expect(() => previewSchedule(schedule, new Date(), 1)).toThrow(
      expect.objectContaining({ code: 'engine.unknown-time-zone' }),
    );
  });
});

describe('a good point that should have been there', () => {
  const daily: Schedule = { ...HALF_PAST_TWO, timeZone: 'UTC', start: '2026-06-01T02:00:00.000Z' };

  it('is late after the run that was due and a quarter of the period, at most six hours', () => {
    const done = new Date('2026-06-03T02:00:05Z');
    expect(overdueSince(daily, done, new Date('2026-06-04T07:59:59Z'))).toBeUndefined();
    expect(overdueSince(daily, done, new Date('2026-06-09T00:00:00Z'))).toEqual(
      new Date('2026-06-04T08:00:00Z'),
    );
  });

  it('of a task that runs often is late after ten minutes at the least', () => {
    const hourly: Schedule = { ...daily, unit: 'hours' };
    const done = new Date('2026-06-03T02:00:05Z');
    expect(overdueSince(hourly, done, new Date('2026-06-03T03:14:00Z'))).toBeUndefined();
    expect(overdueSince(hourly, done, new Date('2026-06-03T03:15:00Z'))).toEqual(
      new Date('2026-06-03T03:15:00Z'),
    );
  });

  it('is not late before the first run is due', () => {
    const created = new Date('2026-05-01T00:00:00Z');
    expect(overdueSince(daily, created, new Date('2026-05-31T00:00:00Z'))).toBeUndefined();
  });
});
