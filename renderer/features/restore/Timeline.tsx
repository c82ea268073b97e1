import { Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { TimelinePoint } from '../../../shared/contract/contract.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNow } from '../../ui/clock.ts';
import { onLine, STANDING_TONES, standingOf } from './point-standing.ts';
import classes from './restore.module.css';

/** When points were made, to be clicked. The table below says the same, and is there for the keyboard. */
export function Timeline(props: {
  readonly points: readonly TimelinePoint[];
  readonly selected: string | undefined;
  readonly onChoose: (point: TimelinePoint) => void;
}) {
  const { t, format } = useText();
  const now = useNow();
  const { points, selected } = props;
  const placed = useMemo(() => onLine(points, now), [points, now]);
  const oldest = points.at(-1);
  if (oldest === undefined || points.length < 2) return null;
  return (
    <div aria-hidden>
      <div className={classes.line}>
        {placed.map(({ point, at }) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the table is there for the keyboard.
          // biome-ignore lint/a11y/useKeyWithClickEvents: as above.
          <span
            key={point.id}
            title={`${format.dateTime(point.created)} · ${point.clusterName} · ${point.taskName}`}
            data-tone={STANDING_TONES[standingOf(point)]}
            data-selected={point.id === selected || undefined}
            style={{ insetInlineStart: `${at * 100}%` }}
            onClick={() => props.onChoose(point)}
          />
        ))}
      </div>
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {format.dateTime(oldest.created)}
        </Text>
        <Text size="xs" c="dimmed">
          {t('restore:point.now')}
        </Text>
      </Group>
    </div>
  );
}
