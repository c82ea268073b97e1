import { describe, expect, it } from 'vitest';
import { nextOccurrences, occurrencesBetween } from '../../../main/engine/schedule/occurrences.ts';
import { validateTimeZone } from '../../../main/engine/schedule/time-zone.ts';
import type { Schedule } from '../../../shared/model/task.ts';

function daily(start: string, timeZone: string, every = 1): Schedule {
  return { start, every, unit: 'days', timeZone };
}

function following(schedule: Schedule, from: string, count: number): string[] {
  return nextOccurrences(schedule, new Date(from), count).map((date) => date.toISOString().slice(0, 16));
}

describe('days keep the local time of day', () => {
  it('across both changes of the year in Berlin', () => {
    const at0400 = daily('2026-03-27T03:00:00.000Z', 'Europe/Berlin');
    expect(following(at0400, '2026-03-28T12:00:00Z', 2)).toEqual(['2026-03-29T02:00', '2026-03-30T02:00']);
    expect(following(at0400, '2026-10-24T12:00:00Z', 2)).toEqual(['2026-10-25T03:00', '2026-10-26T03:00']);
  });

  it('moves a time that is skipped forward by what was skipped', () => {
    // 02:30 does not exist on 29 March in Berlin: 03:30 summer time is meant.
    const berlin = daily('2026-03-28T01:30:00.000Z', 'Europe/Berlin');
    expect(following(berlin, '2026-03-28T12:00:00Z', 2)).toEqual(['2026-03-29T01:30', '2026-03-30T00:30']);
    // 02:30 on 8 March in New York: 03:30 EDT.
    const newYork = daily('2026-03-07T07:30:00.000Z', 'America/New_York');
    expect(following(newYork, '2026-03-07T12:00:00Z', 2)).toEqual(['2026-03-08T07:30', '2026-03-09T06:30']);
    // Lord Howe skips half an hour, 02:00 to 02:30, on 4 October: 02:15 becomes 02:45 at +11.
    const lordHowe = daily('2026-10-02T15:45:00.000Z', 'Australia/Lord_Howe');
    expect(following(lordHowe, '2026-10-02T16:00:00Z', 2)).toEqual(['2026-10-03T15:45', '2026-10-04T15:15']);
  });

  it('takes the first of a time that comes twice', () => {
    // 02:30 comes at +2 and again at +1 on 25 October in Berlin.
    const berlin = daily('2026-10-24T00:30:00.000Z', 'Europe/Berlin');
    expect(following(berlin, '2026-10-24T12:00:00Z', 2)).toEqual(['2026-10-25T00:30', '2026-10-26T01:30']);
    // 01:30 EDT before 01:30 EST on 1 November in New York.
    const newYork = daily('2026-10-31T05:30:00.000Z', 'America/New_York');
    expect(following(newYork, '2026-10-31T12:00:00Z', 2)).toEqual(['2026-11-01T05:30', '2026-11-02T06:30']);
    // 01:45 comes at +11 and at +10:30 on 5 April on Lord Howe.
    const lordHowe = daily('2026-04-03T14:45:00.000Z', 'Australia/Lord_Howe');
    expect(following(lordHowe, '2026-04-03T16:00:00Z', 2)).toEqual(['2026-04-04T14:45', '2026-04-05T15:15']);
  });

  it('begins at the start as given, though it be the second of two equal times', () => {
    const second = daily('2026-10-25T01:30:00.000Z', 'Europe/Berlin');
    expect(following(second, '2026-10-25T00:00:00Z', 2)).toEqual(['2026-10-25T01:30', '2026-10-26T01:30']);
  });

  it('stands still where there is no daylight saving', () => {
    const shanghai = daily('2026-01-01T18:00:00.000Z', 'Asia/Shanghai', 30);
    expect(following(shanghai, '2026-03-01T00:00:00Z', 3)).toEqual([
      '2026-03-02T18:00',
      '2026-04-01T18:00',
      '2026-05-01T18:00',
    ]);
  });

  it('gives each instant once where a whole day is skipped', () => {
    // Samoa had no 30 December 2011.
    const apia = daily('2011-12-28T20:00:00.000Z', 'Pacific/Apia');
    expect(following(apia, '2011-12-28T21:00:00Z', 3)).toEqual([
      '2011-12-29T20:00',
      '2011-12-30T20:00',
      '2011-12-31T20:00',
    ]);
  });
});

describe('hours are elapsed hours', () => {
  it('whatever the clocks do', () => {
    const every12 = {
      start: '2026-03-28T11:00:00.000Z',
      every: 12,
      unit: 'hours',
      timeZone: 'Europe/Berlin',
    } as const;
    expect(following(every12, '2026-03-28T12:00:00Z', 3)).toEqual([
      '2026-03-28T23:00',
      '2026-03-29T11:00',
      '2026-03-29T23:00',
    ]);
  });

  it('counts from the start when the period does not divide the day', () => {
    const every7 = { start: '2026-01-01T00:00:00.000Z', every: 7, unit: 'hours', timeZone: 'UTC' } as const;
    expect(following(every7, '2026-01-02T00:00:00Z', 2)).toEqual(['2026-01-02T04:00', '2026-01-02T11:00']);
  });
});

describe('limits', () => {
  const schedule = daily('2026-06-01T10:00:00.000Z', 'UTC');

  it('nothing comes before the start, and the start itself counts', () => {
    expect(following(schedule, '2020-01-01T00:00:00Z', 1)).toEqual(['2026-06-01T10:00']);
  });

  it('an interval excludes its beginning and includes its end', () => {
    const between = [
      ...occurrencesBetween(schedule, new Date('2026-06-02T10:00:00Z'), new Date('2026-06-04T10:00:00Z')),
    ];
    expect(between.map((date) => date.toISOString())).toEqual([
      '2026-06-03T10:00:00.000Z',
      '2026-06-04T10:00:00.000Z',
    ]);
  });
});

describe('time zones are IANA names', () => {
  it.each(['Europe/Berlin', 'Asia/Shanghai', 'UTC', 'Etc/GMT+5'])('takes %s', (zone) => {
    expect(() => validateTimeZone(zone)).not.toThrow();
  });

  it.each(['Mars/Olympus', '', '+08:00', '-0500', 'Europe'])('refuses "%s"', (zone) => {
    expect(() => validateTimeZone(zone)).toThrow(
      expect.objectContaining({ code: 'engine.unknown-time-zone' }),
    );
  });
});
