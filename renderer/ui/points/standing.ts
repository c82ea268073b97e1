import type { TimelinePoint } from '../../../shared/contract/contract.ts';
import type { Tone } from '../StatusBadge.tsx';

/** How far one can rely on a point: the worst that is known of it. */
type Standing = 'damaged' | 'incomplete' | 'verified' | 'complete';
type Judged = Pick<TimelinePoint, 'complete' | 'verified'>;

/** How each standing looks. */
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
