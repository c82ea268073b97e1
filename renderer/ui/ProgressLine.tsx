import { Group, Progress, Stack, Text } from '@mantine/core';
import { useText } from '../i18n/use-text.ts';

export interface ProgressLineProps {
  readonly label: string;
  readonly done: number;
  /** Absent: nobody knows yet how much there is. */
  readonly total?: number;
  /** What `done` and `total` count; default: objects. */
  readonly unit?: 'bytes';
  /** Bytes moved so far. */
  readonly bytes?: number;
  /** Since the start, milliseconds: rate and time left are reckoned from it. */
  readonly elapsed?: number;
}

/** How far something is: done of total, rate and time left, in a line of fixed height. */
export function ProgressLine({ label, done, total, unit, bytes, elapsed }: ProgressLineProps) {
  const { t, format } = useText();
  const amount = unit === 'bytes' ? format.bytes : format.number;
  const rate = elapsed !== undefined && elapsed > 0 ? done / (elapsed / 1000) : undefined;
  const left = total !== undefined && rate !== undefined && rate > 0 ? (total - done) / rate : undefined;
  const parts = [
    total === undefined
      ? amount(done)
      : t('common:progress.of', { done: amount(done), total: amount(total) }),
    ...(bytes === undefined ? [] : [format.bytes(bytes)]),
    ...(rate === undefined
      ? []
      : [
          t(unit === 'bytes' ? 'common:progress.byteRate' : 'common:progress.rate', {
            rate: amount(Math.round(rate)),
          }),
        ]),
    ...(left === undefined ? [] : [t('common:progress.left', { time: format.duration(left * 1000) })]),
  ];
  const percent = total === undefined || total === 0 ? 100 : (done / total) * 100;
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{label}</Text>
        <Text size="xs" c="dimmed" className="hf-figures">
          {parts.join(' · ')}
        </Text>
      </Group>
      <Progress value={percent} animated={total === undefined} size="sm" aria-label={label} />
    </Stack>
  );
}
