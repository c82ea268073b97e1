import { HoldfastError } from '../../../shared/errors/error.ts';

/** A wall clock's reading as if it were UTC: `Date.UTC(year, month, day, hour, minute, second, ms)`. */
export type LocalTime = number;

const MINUTE = 60_000;
/** Longer than any clock change: offsets this far to both sides are those before and after it. */
const DAY = 24 * 60 * MINUTE;

const formats = new Map<string, Intl.DateTimeFormat>();

/** @throws HoldfastError `engine.unknown-time-zone` unless this runtime knows the IANA name. */
export function validateTimeZone(zone: string): void {
  formatOf(zone);
}

/** What the clocks of the zone show at an instant (milliseconds since 1970). */
export function localTimeAt(zone: string, instant: number): LocalTime {
  const shown: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  const milliseconds = ((instant % 1000) + 1000) % 1000;
  return Date.UTC(year, month - 1, day, hour, minute, second, milliseconds);
}

/**
 * The instant at which the clocks of the zone show a time. A time that they show twice means the first one; a time
 * that they skip is read with the offset from before the change, which moves it forward by what was skipped.
 */
export function instantOf(zone: string, local: LocalTime): number {
  const before = offsetAt(zone, local - DAY);
  const after = offsetAt(zone, local + DAY);
  const shown = [local - before, local - after].filter((instant) => localTimeAt(zone, instant) === local);
  return shown.length === 0 ? local - before : Math.min(...shown);
}

/** Local time minus UTC, in milliseconds. */
function offsetAt(zone: string, instant: number): number {
  return localTimeAt(zone, instant) - instant;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = createFormat(zone);
    formats.set(zone, format);
  }
  return format;
}

function createFormat(zone: string): Intl.DateTimeFormat {
  // Fixed offsets such as "+08:00" are accepted by Intl but are no zones: they know no daylight saving.
  if (/^[+-]/.test(zone)) throw unknownZone(zone);
  try {
    return new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (error) {
    throw unknownZone(zone, error);
  }
}

function unknownZone(zone: string, cause?: unknown): HoldfastError {
  return new HoldfastError('engine.unknown-time-zone', { zone }, cause);
}
