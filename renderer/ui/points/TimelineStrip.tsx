import { Group, Paper, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { TimelinePoint } from '../../../shared/contract/contract.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNow } from '../clock.ts';
import { STANDING_TONES, standingOf } from './standing.ts';
import classes from './strip.module.css';
import { placeOnLine } from './strip.ts';

export interface TimelineStripProps {
  /** Newest first. */
  readonly points: readonly TimelinePoint[];
  /** Id of the point that was chosen. */
  readonly selected?: string | undefined;
  readonly onChoose: (point: TimelinePoint) => void;
}

/**
 * When points were made, on a line that ends now: gaps show at a glance. Marks can be clicked; the table below says
 * the same, and is there for the keyboard.
 */
export function TimelineStrip({ points, selected, onChoose }: TimelineStripProps) {
  const { t, format } = useText();
  const now = useNow();
  const placed = useMemo(() => placeOnLine(points, now), [points, now]);
  const oldest = points.at(-1)?.created;
  if (oldest === undefined || points.length < 2) return null;
  return (
    <Paper withBorder px="md" py="xs" aria-hidden>
      <div className={classes.strip}>
        {placed.map(({ point, at }) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the table is there for the keyboard.
          // biome-ignore lint/a11y/useKeyWithClickEvents: as above.
          <span
            key={point.id}
            title={`${format.dateTime(point.created)} · ${point.clusterName} · ${point.taskName}`}
            data-tone={STANDING_TONES[standingOf(point)]}
            data-pinned={point.pinned || undefined}
            data-selected={point.id === selected || undefined}
            style={{ insetInlineStart: `${at * 100}%` }}
            onClick={() => onChoose(point)}
          />
        ))}
      </div>
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {format.dateTime(oldest)}
        </Text>
        <Text size="xs" c="dimmed">
          {t('points:now')}
        </Text>
      </Group>
    </Paper>
  );
}
