import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantAt, isZone, zoneTimeOf } from '../../../renderer/features/tasks/wizard/zone-time.ts';

const at = (time: string, zone: string) => instantAt(time, zone)?.toISOString();

test('a time that clocks leap over is as much after the leap', () => {
  expect(at('2026-03-29T01:59', 'Europe/Berlin')).toBe('2026-03-29T00:59:00.000Z');
  expect(at('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
  expect(at('2026-03-29T03:00', 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z');
});

test('of a time that clocks show twice, the first', () => {
  expect(at('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
  expect(at('2026-11-01T01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
});

test('what clocks show at an instant leads back to a time at which they show it', () => {
  const zones = ['UTC', 'Asia/Shanghai', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns'];
  const minutes = fc.integer({ min: Date.UTC(2020, 0) / 60_000, max: Date.UTC(2035, 0) / 60_000 });
  fc.assert(
    fc.property(minutes, fc.constantFrom(...zones), (minute, zone) => {
      const shown = zoneTimeOf(new Date(minute * 60_000), zone);
      const back = instantAt(shown, zone);
      expect(back && zoneTimeOf(back, zone)).toBe(shown);
      expect(back?.getTime()).toBeLessThanOrEqual(minute * 60_000);
    }),
    { numRuns: 300 },
  );
});

test('no time, no zone', () => {
  expect(at('', 'UTC')).toBeUndefined();
  expect(at('2026-13-01T00:00', 'UTC')).toBeUndefined();
  expect(at('2026-01-01T00:00', 'Mars/Olympus')).toBeUndefined();
  expect(isZone('Mars/Olympus')).toBe(false);
});
