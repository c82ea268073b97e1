import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Text } from '../../../shared/errors/text.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Policy, Schedule } from '../../../shared/model/task.ts';

const EVERY = /^(\d+) ?(h|hours?|d|days?)$/;

/**
 * A schedule from `--every 6h` or `--every 1d` with its start: an instant (`2026-03-01T02:00:00Z`) or now.
 * @throws HoldfastError `general.invalid-input`
 */
export function parseSchedule(
  given: { readonly every: string; readonly start?: string; readonly timeZone: string },
  now: Date,
): Schedule {
  const [, number, unit = ''] = EVERY.exec(given.every) ?? [];
  if (number === undefined) throw invalid('--every', detail('write-duration'));
  return {
    start: parseStart(given.start, now).toISOString(),
    every: Number(number),
    unit: unit.startsWith('h') ? 'hours' : 'days',
    timeZone: given.timeZone,
  };
}

function parseStart(text: string | undefined, now: Date): Date {
  if (text === undefined) return now;
  const start = new Date(text);
  if (Number.isNaN(start.getTime())) throw invalid('--start', detail('write-instant'));
  return start;
}

/** `full`, `full-then-incremental` or `full-every:N`. @throws HoldfastError `general.invalid-input` */
export function parsePolicy(text: string): Policy {
  if (text === 'full' || text === 'full-then-incremental') return { kind: text };
  const runs = /^full-every:(\d+)$/.exec(text)?.[1];
  if (runs === undefined) throw invalid('--policy', detail('known-policies'));
  return { kind: 'full-every', runs: Number(runs) };
}

function invalid(what: string, problem: Text): HoldfastError {
  return new HoldfastError('general.invalid-input', { what, problem });
}
