import { Paper, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../../../connection/client.ts';
import { useText } from '../../../i18n/use-text.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { ScheduledTime } from '../../../ui/Quantity.tsx';
import { LoadingPanel } from '../../../ui/Skeletons.tsx';
import classes from '../tasks.module.css';
import { scheduleOf, type Timing } from './draft.ts';

const SHOWN_RUNS = 5;
const HEIGHT = 190;

/** The next five runs as the engine reckons them: in the reader's time, and in the schedule's where that is another. */
export function SchedulePreview({ timing }: { readonly timing: Timing }) {
  const { t } = useText();
  const schedule = scheduleOf(timing);
  const preview = useQuery({
    ...api.schedules.preview.queryOptions({
      input: { schedule: schedule ?? NEVER, count: SHOWN_RUNS },
      placeholderData: keepPreviousData,
      retry: false,
    }),
    enabled: schedule !== undefined && schedule !== null,
  });
  if (schedule === undefined) {
    return (
      <Text size="sm" c="var(--mantine-color-error)">
        {t('tasks:help.scheduleInvalid')}
      </Text>
    );
  }
  if (preview.isError) return <ErrorPanel error={preview.error} />;
  if (preview.data === undefined) return <LoadingPanel height={HEIGHT} />;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone === timing.timeZone;
  return (
    <Paper withBorder p="md" mih={HEIGHT}>
      <Text size="sm" fw={600} mb={4}>
        {t('tasks:nextRuns')}
      </Text>
      <ol className={classes.next}>
        {preview.data.map(({ at, local }) => (
          <li key={at}>
            <ScheduledTime at={at} />
            {!own && (
              <Text span size="xs" c="dimmed" className="hf-figures">
                {local.replace('T', ' ')} {timing.timeZone}
              </Text>
            )}
          </li>
        ))}
      </ol>
    </Paper>
  );
}

/** Stands in a query that is not made. */
const NEVER = { start: '1970-01-01T00:00:00.000Z', every: 1, unit: 'days', timeZone: 'UTC' } as const;
