import type { TimelinePoint } from '../../../shared/contract/contract.ts';
import type { Tone } from '../../ui/StatusBadge.tsx';

/** How far one can rely on a point. */
type Standing = 'damaged' | 'incomplete' | 'verified' | 'complete';
type Judged = Pick<TimelinePoint, 'complete' | 'verified'>;

export const STANDING_TONES: { readonly [standing in Standing]: Tone } = {
  damaged: 'bad',
  incomplete: 'warn',
  verified: 'good',
  complete: 'good',
};

export function standingOf({ complete, verified }: Judged): Standing {
  if (verified?.sound === false) return 'damaged';
  if (!complete) return 'incomplete';
  return verified === undefined ? 'complete' : 'verified';
}

/** Whether somebody can be sent back to it without a second look. */
export function isGood(point: Judged): boolean {
  return STANDING_TONES[standingOf(point)] === 'good';
}

/** The instant that a date and time field means, in local time; undefined for a field that is not filled. */
export function localInstant(text: string): string | undefined {
  const time = new Date(text).getTime();
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** Marks nearer than this share of the line to the one before could not be told apart. */
const LEAST_DISTANCE = 0.004;

/** Points, newest first, on a line from the oldest (0) to now (1); one stands for many that would lie on one another. */
export function onLine<T extends Pick<TimelinePoint, 'created'>>(
  points: readonly T[],
  now: number,
): readonly { readonly point: T; readonly at: number }[] {
  const oldest = Date.parse(points.at(-1)?.created ?? '');
  const span = Math.max(1, now - oldest);
  const placed: { point: T; at: number }[] = [];
  for (const point of points) {
    const at = Math.min(1, (Date.parse(point.created) - oldest) / span);
    const newer = placed.at(-1);
    if (newer === undefined || newer.at - at >= LEAST_DISTANCE) placed.push({ point, at });
  }
  return placed;
}
