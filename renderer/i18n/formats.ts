import type { Locale } from './language.ts';

/** Numbers, sizes and times as the reader's language writes them. Times are local. */
export interface Formats {
  number(value: number): string;
  /** Bytes in binary steps: `3.2 MiB`. */
  bytes(value: number): string;
  percent(fraction: number): string;
  date(instant: Date | string): string;
  dateTime(instant: Date | string): string;
  /** To the minute, as schedules are. */
  scheduled(instant: Date | string): string;
  /** The time of day to the second. */
  time(instant: Date | string): string;
  /** A distance from `now`, past or future: `5 minutes ago`. */
  relative(instant: Date | string, now: number): string;
  /** Milliseconds: `1h 4m`. The two largest units. */
  duration(milliseconds: number): string;
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const RELATIVE_STEPS = [
  { unit: 'year', length: 365 * DAY },
  { unit: 'month', length: 30 * DAY },
  { unit: 'day', length: DAY },
  { unit: 'hour', length: HOUR },
  { unit: 'minute', length: MINUTE },
] as const;

const DURATION_STEPS = [
  { unit: 'day', length: DAY },
  { unit: 'hour', length: HOUR },
  { unit: 'minute', length: MINUTE },
  { unit: 'second', length: SECOND },
] as const;

const made = new Map<Locale, Formats>();

/** The formats of a language; made once, as Intl's objects are costly. */
export function formatsOf(locale: Locale): Formats {
  const known = made.get(locale);
  if (known !== undefined) return known;
  const formats = makeFormats(locale);
  made.set(locale, formats);
  return formats;
}

function makeFormats(language: Locale): Formats {
  const locale = regionOf(language);
  const number = new Intl.NumberFormat(locale);
  const size = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const scheduled = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    number: (value) => number.format(value),
    bytes: (value) => {
      const power = Math.min(Math.floor(Math.log2(Math.max(value, 1)) / 10), BYTE_UNITS.length - 1);
      const scaled = value / 1024 ** power;
      const text = scaled >= 1000 ? number.format(Math.round(scaled)) : size.format(scaled);
      return `${text} ${BYTE_UNITS[power]}`;
    },
    percent: (fraction) => percent.format(fraction),
    date: (instant) => date.format(new Date(instant)),
    dateTime: (instant) => dateTime.format(new Date(instant)),
    scheduled: (instant) => scheduled.format(new Date(instant)),
    time: (instant) => time.format(new Date(instant)),
    relative: (instant, now) => {
      const distance = new Date(instant).getTime() - now;
      const step = RELATIVE_STEPS.find(({ length }) => Math.abs(distance) >= length);
      if (step === undefined) return relative.format(0, 'second');
      return relative.format(Math.trunc(distance / step.length), step.unit);
    },
    duration: (milliseconds) => durationText(locale, milliseconds),
  };
}

/** The language as the reader's region writes it, where the browser tells: en-GB has neither AM nor PM. */
function regionOf(language: Locale): string {
  const regions = navigator.languages ?? [];
  return regions.find((region) => region === language || region.startsWith(`${language}-`)) ?? language;
}

function durationText(locale: string, milliseconds: number): string {
  const unitText = (value: number, unit: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow' }).format(value);
  if (milliseconds < SECOND) return unitText(Math.round(milliseconds), 'millisecond');
  const first = DURATION_STEPS.findIndex(({ length }) => milliseconds >= length);
  let rest = milliseconds;
  const parts: string[] = [];
  for (const { unit, length } of DURATION_STEPS.slice(first, first + 2)) {
    const value = Math.floor(rest / length);
    rest -= value * length;
    if (value > 0) parts.push(unitText(value, unit));
  }
  return parts.join(' ');
}
