import type { TimelinePoint } from '../../../shared/contract/contract.ts';
import { useText } from '../../i18n/use-text.ts';
import { StatusBadge } from '../StatusBadge.tsx';
import { STANDING_TONES, standingOf } from './standing.ts';

/** How a point stands, in a word. */
export function StandingBadge({ point }: { readonly point: Pick<TimelinePoint, 'complete' | 'verified'> }) {
  const { t } = useText();
  const standing = standingOf(point);
  return <StatusBadge tone={STANDING_TONES[standing]}>{t(`points:standing.${standing}`)}</StatusBadge>;
}
