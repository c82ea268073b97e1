/** What the clocks of a zone show: `2026-03-29T02:30`, as inputs of date and time write it. */
export type ZoneTime = string;

const MINUTE = 60_000;
const ZONE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/** What the zone's clocks show at an instant. @throws RangeError for a zone that nobody knows */
export function zoneTimeOf(instant: Date, timeZone: string): ZoneTime {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/**
 * The instant at which the zone's clocks show a time; the earlier one where they show it twice. A time that they leap
 * over gives the instant as many minutes after the leap. Undefined for what is no time or no zone.
 */
export function instantAt(time: ZoneTime, timeZone: string): Date | undefined {
  if (!ZONE_TIME.test(time)) return undefined;
  const shown = Date.parse(`${time}:00Z`);
  if (Number.isNaN(shown) || !isZone(timeZone)) return undefined;
  // Offsets change by less than a day: those on both sides of the time are all that can hold at it.
  const before = offsetAt(shown - 24 * 60 * MINUTE, timeZone);
  const after = offsetAt(shown + 24 * 60 * MINUTE, timeZone);
  const fitting = [before, after]
    .map((offset) => shown - offset)
    .filter((instant) => instant + offsetAt(instant, timeZone) === shown)
    .sort((a, b) => a - b)[0];
  return new Date(fitting ?? shown - before);
}

/** How far the zone's clocks are ahead of UTC at an instant, milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const whole = Math.floor(instant / MINUTE) * MINUTE;
  return Date.parse(`${zoneTimeOf(new Date(whole), timeZone)}:00Z`) - whole;
}

export function isZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
