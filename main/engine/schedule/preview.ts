import type { Occurrence } from '../../../shared/model/estimate.ts';
import type { Schedule } from '../../../shared/model/task.ts';
import { nextOccurrences } from './occurrences.ts';
import { localTimeAt } from './time-zone.ts';

const MINUTE = 60_000;

/**
 * The next runs of a schedule, as the clocks of its zone show them: `2026-03-29T03:30:00+02:00`.
 * @throws HoldfastError `engine.unknown-time-zone`
 */
export function previewSchedule(schedule: Schedule, from: Date, count: number): Occurrence[] {
  return nextOccurrences(schedule, from, count).map((date) => ({
    at: date.toISOString(),
    local: localText(schedule.timeZone, date.getTime()),
  }));
}

function localText(zone: string, instant: number): string {
  const local = localTimeAt(zone, instant);
  const offset = Math.round((local - instant) / MINUTE);
  const size = Math.abs(offset);
  const sign = offset < 0 ? '-' : '+';
  const clock = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return `${new Date(local).toISOString().slice(0, 19)}${sign}${clock}`;
}
