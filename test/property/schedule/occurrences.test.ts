import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueRun, nextDue } from '../../../main/engine/schedule/due.ts';
import { nextOccurrences, occurrencesBetween } from '../../../main/engine/schedule/occurrences.ts';
import { instantOf, localTimeAt } from '../../../main/engine/schedule/time-zone.ts';
import type { Schedule } from '../../../shared/model/task.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** With the largest amount by which their clocks change. */
const ZONES = {
  'Europe/Berlin': HOUR,
  'America/New_York': HOUR,
  'Australia/Lord_Howe': 30 * MINUTE,
  'Asia/Shanghai': 0,
  'Africa/Casablanca': HOUR,
} as const;

const zone = fc.constantFrom(...(Object.keys(ZONES) as (keyof typeof ZONES)[]));
/** 2020 to 2045, to the millisecond. */
const instant = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2045, 0) });
const schedule = fc.record<Schedule>({
  start: instant.map((time) => new Date(time).toISOString()),
  every: fc.integer({ min: 1, max: 60 }),
  unit: fc.constantFrom('hours', 'days'),
  timeZone: zone,
});
/** A zone with an instant that is likely to lie within hours of a clock change. */
const nearChange = fc.oneof(
  fc.tuple(zone, instant),
  ...Object.keys(ZONES).map((name) =>
    fc
      .tuple(fc.constantFrom(...changes(name)), fc.integer({ min: -3 * HOUR, max: 3 * HOUR }))
      .map(([change, distance]): [keyof typeof ZONES, number] => [
        name as keyof typeof ZONES,
        change + distance,
      ]),
  ),
);

/** Days of 2024 to 2028 on which the zone's clocks change; any day for one that has no changes. */
function changes(name: string): number[] {
  const offset = (time: number) => localTimeAt(name, time) - time;
  const found: number[] = [];
  for (let day = Date.UTC(2024, 0); day < Date.UTC(2029, 0); day += DAY) {
    if (offset(day) !== offset(day + DAY)) found.push(exactly(offset, day, day + DAY));
  }
  return found.length > 0 ? found : [Date.UTC(2026, 0)];
}

/** The first instant in (from, to] with the offset of `to`. */
function exactly(offset: (time: number) => number, from: number, to: number): number {
  if (to - from <= 1) return to;
  const middle = Math.floor((from + to) / 2);
  return offset(middle) === offset(to) ? exactly(offset, from, middle) : exactly(offset, middle, to);
}

const moment = instant.map((time) => new Date(time));

function periodOf({ every, unit }: Schedule): number {
  return every * (unit === 'hours' ? HOUR : DAY);
}

describe('local time', () => {
  it('what the clocks show at an instant is found again, at that instant or an earlier one', () => {
    fc.assert(
      fc.property(nearChange, ([name, time]) => {
        const local = localTimeAt(name, time);
        const found = instantOf(name, local);
        expect(localTimeAt(name, found)).toBe(local);
        expect([0, ZONES[name]]).toContain(time - found);
      }),
      { numRuns: 2000 },
    );
  });

  it('a local time that does not exist is moved forward by at most the change', () => {
    fc.assert(
      fc.property(nearChange, ([name, time]) => {
        // Offset before and after the change in turn: also local times that the change skips.
        const local = localTimeAt(name, time - 6 * HOUR) + 6 * HOUR;
        const moved = localTimeAt(name, instantOf(name, local)) - local;
        expect([0, ZONES[name]]).toContain(moved);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('occurrences', () => {
  it('rise strictly, after the moment asked for, a period apart', () => {
    fc.assert(
      fc.property(schedule, moment, (plan, from) => {
        const times = nextOccurrences(plan, from, 8).map((date) => date.getTime());
        const change = plan.unit === 'days' ? ZONES[plan.timeZone as keyof typeof ZONES] : 0;
        expect(times[0]).toBeGreaterThan(from.getTime());
        for (const [index, time] of times.entries()) {
          const before = times[index - 1];
          if (before !== undefined)
            expect(Math.abs(time - before - periodOf(plan))).toBeLessThanOrEqual(change);
        }
      }),
    );
  });

  it('of days show the local time of the start, or one that was skipped moved forward', () => {
    fc.assert(
      fc.property(schedule, moment, (plan, from) => {
        const wanted = localTimeAt(plan.timeZone, Date.parse(plan.start)) % DAY;
        for (const occurrence of nextOccurrences({ ...plan, unit: 'days' }, from, 8)) {
          const shown = localTimeAt(plan.timeZone, occurrence.getTime()) % DAY;
          const moved = (shown - wanted + DAY) % DAY;
          expect([0, ZONES[plan.timeZone as keyof typeof ZONES]]).toContain(moved);
        }
      }),
    );
  });

  it('are the same wherever one begins to ask', () => {
    fc.assert(
      fc.property(schedule, moment, fc.integer({ min: 0, max: 5 }), (plan, from, skipped) => {
        const all = nextOccurrences(plan, from, 8);
        const middle = all[skipped];
        expect(nextOccurrences(plan, middle ?? from, 7 - skipped)).toEqual(all.slice(skipped + 1));
      }),
    );
  });

  it('between two moments are those that follow the first, up to the second', () => {
    fc.assert(
      fc.property(schedule, moment, fc.integer({ min: 0, max: 400 * DAY }), (plan, after, length) => {
        const until = new Date(after.getTime() + length);
        const between = [...occurrencesBetween(plan, after, until)];
        const following = nextOccurrences(plan, after, between.length + 1);
        expect(between).toEqual(following.slice(0, -1));
        expect(following.at(-1)?.getTime()).toBeGreaterThan(until.getTime());
      }),
      { numRuns: 50 },
    );
  });
});

describe('due runs', () => {
  it('are due exactly when an occurrence lies between what was handled and now, and never twice', () => {
    fc.assert(
      fc.property(schedule, moment, fc.integer({ min: 0, max: 60 * DAY }), (plan, handled, passed) => {
        const now = new Date(handled.getTime() + passed);
        const between = [...occurrencesBetween(plan, handled, now)];
        const due = dueRun(plan, handled, now);
        expect(due?.at).toEqual(between.at(-1));
        expect(due === undefined ? 0 : due.missed + 1).toBe(between.length);
        expect(dueRun(plan, now, now)).toBeUndefined();
        const next = nextDue(plan, now, now);
        expect(dueRun(plan, now, new Date(next.getTime() - 1))).toBeUndefined();
        expect(dueRun(plan, now, next)).toEqual({ at: next, reason: 'schedule', missed: 0 });
      }),
    );
  });
});
