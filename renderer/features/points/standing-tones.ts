import type { Tone } from '../../ui/StatusBadge.tsx';
import type { Standing } from './standing.ts';

/** How each standing looks. */
export const STANDING_TONES: { readonly [standing in Standing]: Tone } = {
  damaged: 'bad',
  incomplete: 'warn',
  verified: 'good',
  complete: 'good',
};
