import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { fromReport } from '../../../../shared/contract/reported.ts';
import type { ServiceEstimate } from '../../../../shared/model/estimate.ts';
import { client } from '../../../connection/client.ts';
import { useStream } from '../../../connection/use-stream.ts';
import { useText } from '../../../i18n/use-text.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { Facts } from '../../../ui/Facts.tsx';
import { LoadingPanel } from '../../../ui/Skeletons.tsx';
import { findDriver, selectionOf, takenSources } from './draft.ts';
import { InventoryLines } from './InventoryLines.tsx';
import type { StepProps } from './wizard-props.ts';

type Estimates = { readonly [service: string]: ServiceEstimate };
const NOTHING: Estimates = {};
const PANEL_PIXELS = 150;

/** What a backup will probably be, service by service, as far as inventory and last archive tell. */
export function EstimateStep({ draft, drivers }: StepProps) {
  const { t } = useText();
  const taken = takenSources(draft);
  const sources = taken.map((source) => ({
    service: source.service,
    selection: selectionOf(source, drivers.sources),
    maximumCopies: source.copies,
  }));
  const stream = useStream<ServiceEstimate, Estimates>(JSON.stringify([draft.cluster, sources]), {
    open: (signal) => client.tasks.estimate({ cluster: draft.cluster, sources }, { signal }),
    initial: NOTHING,
    reduce: (found, estimate) => ({ ...found, [estimate.service]: estimate }),
  });
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('tasks:help.estimate')}
      </Text>
      {stream.error !== undefined && <ErrorPanel error={stream.error} onRetry={stream.start} />}
      {taken.map(({ service, source }) => {
        const estimate = stream.value[service];
        if (estimate === undefined) {
          return stream.error === undefined ? <LoadingPanel key={service} height={PANEL_PIXELS} /> : null;
        }
        const kinds = findDriver(drivers.sources, source)?.kinds ?? [];
        return <Estimate key={service} estimate={estimate} kinds={kinds} />;
      })}
    </Stack>
  );
}

function Estimate(props: {
  readonly estimate: ServiceEstimate;
  readonly kinds: Parameters<typeof InventoryLines>[0]['kinds'];
}) {
  const { t, format } = useText();
  const { estimate } = props;
  const { service, error, entries, archiveBytes, keptBytes, milliseconds, last } = estimate;
  return (
    <Paper withBorder p="md" mih={PANEL_PIXELS}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={3} size="h6">
            {service}
          </Title>
          <Text size="xs" c="dimmed">
            {last === undefined
              ? t('tasks:estimate.first')
              : t('tasks:estimate.from', { at: format.dateTime(last.at) })}
          </Text>
        </Group>
        {error !== undefined && <ErrorPanel error={fromReport(error)} />}
        <InventoryLines lines={estimate.lines} kinds={props.kinds} />
        <Facts
          facts={[
            [t('tasks:estimate.entries'), entries === undefined ? '—' : format.number(entries)],
            [t('tasks:estimate.archive'), about(archiveBytes, format.bytes)],
            [t('tasks:estimate.kept'), about(keptBytes, format.bytes)],
            [t('tasks:estimate.time'), about(milliseconds, format.duration)],
          ]}
        />
      </Stack>
    </Paper>
  );
}

function about(value: number | undefined, text: (value: number) => string): string {
  return value === undefined ? '—' : `≈ ${text(value)}`;
}
