import { Group, Paper, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { TimelinePoint } from '../../../shared/contract/contract.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNow } from '../../ui/clock.ts';
import classes from './points.module.css';
import { standingOf } from './standing.ts';
import { STANDING_TONES } from './standing-tones.ts';
import { placeOnLine } from './strip.ts';

/** When points were made, on a line that ends now: gaps show at a glance. The table below says the same in words. */
export function TimelineStrip({ points }: { readonly points: readonly TimelinePoint[] }) {
  const { t, format } = useText();
  const now = useNow();
  const placed = useMemo(() => placeOnLine(points, now), [points, now]);
  const oldest = points.at(-1)?.created;
  if (oldest === undefined || points.length < 2) return null;
  return (
    <Paper withBorder px="md" py="xs" aria-hidden>
      <div className={classes.strip}>
        {placed.map(({ point, at }) => (
          <span
            key={point.id}
            title={`${format.dateTime(point.created)} · ${point.taskName}`}
            data-tone={STANDING_TONES[standingOf(point)]}
            data-pinned={point.pinned || undefined}
            style={{ insetInlineStart: `${at * 100}%` }}
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
