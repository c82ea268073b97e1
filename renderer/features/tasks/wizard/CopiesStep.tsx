import { NumberInput, Slider, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RetentionPreview } from '../../../../shared/model/estimate.ts';
import { api } from '../../../connection/client.ts';
import { useText } from '../../../i18n/use-text.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import classes from '../tasks.module.css';
import { intervalOf, isCounted, type SourceDraft, takenSources, withSource } from './draft.ts';
import { simulateRetention } from './simulate.ts';
import type { StepProps } from './wizard-props.ts';

const LEAST_SIMULATED = 30;
const MOST_SIMULATED = 400;

/** How many copies are kept, and what that means over time; of a saved task also what would go at once. */
export function CopiesStep({ draft, onChange, saved }: StepProps & { readonly saved: boolean }) {
  const { t } = useText();
  const taken = takenSources(draft);
  const preview = useQuery({
    ...api.retention.preview.queryOptions({
      input: {
        task: draft.name,
        copies: taken.map(({ service, copies }) => ({ service, maximumCopies: copies })),
      },
      placeholderData: keepPreviousData,
      retry: false,
    }),
    enabled: saved && isCounted(draft),
  });
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('tasks:help.copies')}
      </Text>
      {taken.map((source) => (
        <fieldset key={source.service} className={classes.fieldset}>
          <Text size="sm" fw={600} component="legend" px={6}>
            {source.service}
          </Text>
          <Stack gap="sm">
            <NumberInput
              label={t('tasks:field.copies')}
              size="sm"
              maw={220}
              min={1}
              max={10_000}
              allowDecimal={false}
              value={source.copies}
              onChange={(value) =>
                onChange(withSource(draft, source.service, { copies: typeof value === 'number' ? value : 0 }))
              }
            />
            <Simulator source={source} interval={intervalOf(draft.timing)} />
            <Now preview={preview.data?.find(({ service }) => service === source.service)} />
          </Stack>
        </fieldset>
      ))}
      {/* A service that the task did not have before has nothing that could go. */}
      {preview.isError && taken.length === 1 && <ErrorPanel error={preview.error} />}
    </Stack>
  );
}

function Simulator({
  source,
  interval,
}: {
  readonly source: SourceDraft;
  readonly interval: number | undefined;
}) {
  const { t, format } = useText();
  const copies = Math.max(1, source.copies);
  const most = Math.min(MOST_SIMULATED, Math.max(LEAST_SIMULATED, copies * 2));
  const [chosen, setRuns] = useState<number>();
  const runs = Math.min(chosen ?? Math.min(most, copies + Math.ceil(copies / 2)), most);
  const { runs: shown, kept, removed, reach } = simulateRetention(runs, copies, interval);
  const words =
    interval === undefined
      ? t('tasks:simulator.afterRuns', { count: runs })
      : t('tasks:simulator.afterTime', { count: runs, time: format.duration(runs * interval) });
  return (
    <Stack gap={6}>
      <Text size="sm">
        {words}{' '}
        <b>{t('tasks:simulator.kept', { kept: format.number(kept), removed: format.number(removed) })}</b>
        {reach !== undefined &&
          reach > 0 &&
          ` ${t('tasks:simulator.reach', { time: format.duration(reach) })}`}
      </Text>
      <div className={classes.strip} aria-hidden>
        {shown.map(({ number, kept: stays }) => (
          <i key={number} data-kept={stays || undefined} />
        ))}
      </div>
      <Slider
        min={1}
        max={most}
        value={runs}
        onChange={setRuns}
        label={null}
        thumbLabel={t('tasks:simulator.runs')}
        size="sm"
        mt={4}
      />
    </Stack>
  );
}

function Now({ preview }: { readonly preview: RetentionPreview | undefined }) {
  const { t, format } = useText();
  if (preview === undefined || preview.archives.length === 0) return null;
  const removed = preview.archives.filter(({ fate }) => fate === 'removed').length;
  const words = {
    kept: format.number(preview.archives.length - removed),
    keptSize: format.bytes(preview.keptBytes),
    removed: format.number(removed),
    removedSize: format.bytes(preview.removedBytes),
  };
  return (
    <Text size="sm" c={removed > 0 ? 'var(--mantine-color-error)' : 'dimmed'} role="status">
      {t(removed > 0 ? 'tasks:simulator.nowRemoves' : 'tasks:simulator.nowKeeps', words)}
    </Text>
  );
}
