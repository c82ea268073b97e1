import { Group, Tooltip } from '@mantine/core';
import { IconInfoCircle, IconLock, IconPinned, IconSignature } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { TimelinePoint } from '../../../shared/contract/contract.ts';
import { useText } from '../../i18n/use-text.ts';
import { StandingBadge } from '../../ui/points/StandingBadge.tsx';

type Shown = Pick<TimelinePoint, 'complete' | 'verified' | 'pinned' | 'encrypted' | 'signed' | 'notes'>;

/** How a point stands in a word, and what else there is to it as signs. */
export function PointSigns({ point }: { readonly point: Shown }) {
  const { t, format } = useText();
  const badge = <StandingBadge point={point} />;
  return (
    <Group gap={6} wrap="nowrap">
      {point.verified === undefined ? (
        badge
      ) : (
        <Tooltip label={t('points:verifiedAt', { at: format.dateTime(point.verified.at) })}>
          {span(badge)}
        </Tooltip>
      )}
      {point.pinned && <Sign icon={IconPinned} label={t('points:sign.pinned')} />}
      {point.encrypted && <Sign icon={IconLock} label={t('points:sign.sealed')} />}
      {point.signed && <Sign icon={IconSignature} label={t('points:sign.signed')} />}
      {point.notes > 0 && (
        <Sign icon={IconInfoCircle} label={t('points:sign.notes', { count: point.notes })} />
      )}
    </Group>
  );
}

/** A tooltip needs an element that takes a ref. */
const span = (content: React.ReactNode) => <span>{content}</span>;

function Sign(props: {
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly label: string;
}) {
  return (
    <Tooltip label={props.label}>
      <span role="img" aria-label={props.label} style={{ display: 'inline-flex' }}>
        <props.icon size={16} stroke={1.7} />
      </span>
    </Tooltip>
  );
}
