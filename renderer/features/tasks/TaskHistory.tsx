import { Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ListedRun } from '../../../shared/contract/contract.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Column } from '../../ui/column.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { TextLink } from '../../ui/links.tsx';
import { HistoryPlot } from '../../ui/plot/HistoryPlot.tsx';
import { plottedRuns } from '../../ui/plot/plotted-run.ts';
import { Bytes, DateTime, Duration } from '../../ui/Quantity.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { RunStateBadge } from '../../ui/RunStateBadge.tsx';
import { RUN_REASONS } from '../../ui/run-reason.ts';

const PLOTTED_RUNS = 200;
const LISTED_RUNS = 10;

/** How a task went: size and duration over time, its last runs, and the way to all of them and to its points. */
export function TaskHistory({ name }: { readonly name: string }) {
  const { t } = useText();
  const runs = useQuery(api.runs.list.queryOptions({ input: { task: name, limit: PLOTTED_RUNS } }));
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          {t('tasks:history')}
        </Title>
        <Group gap="md">
          <TextLink to="/points" search={{ task: name }} size="sm">
            {t('tasks:allPoints')}
          </TextLink>
          <TextLink to="/runs" search={{ task: name }} size="sm">
            {t('tasks:allRuns')}
          </TextLink>
        </Group>
      </Group>
      <QueryView query={runs}>{(all) => <History runs={all} />}</QueryView>
    </section>
  );
}

function History({ runs }: { readonly runs: readonly ListedRun[] }) {
  const { t } = useText();
  const navigate = useNavigate();
  const columns = useColumns();
  const plotted = useMemo(() => plottedRuns(runs.filter(({ kind }) => kind === 'backup')), [runs]);
  if (runs.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('tasks:neverRan')}
      </Text>
    );
  }
  return (
    <Stack gap="md">
      <HistoryPlot runs={plotted} />
      <DataTable
        label={t('tasks:history')}
        columns={columns}
        rows={runs.slice(0, LISTED_RUNS)}
        rowKey={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: '/runs/$id', params: { id }, search: {} })}
      />
    </Stack>
  );
}

function useColumns(): readonly Column<ListedRun>[] {
  const { t } = useText();
  return useMemo(
    () => [
      {
        id: 'state',
        header: t('runs:field.state'),
        width: '10rem',
        cell: ({ state }) => <RunStateBadge state={state} />,
      },
      {
        id: 'started',
        header: t('runs:field.started'),
        width: 'minmax(13rem, 1fr)',
        cell: ({ started }) => <DateTime at={started} />,
      },
      {
        id: 'reason',
        header: t('runs:field.reason'),
        width: '9rem',
        cell: ({ reason }) => t(RUN_REASONS[reason]),
      },
      {
        id: 'duration',
        header: t('runs:field.duration'),
        width: '9rem',
        align: 'end',
        cell: ({ milliseconds }) =>
          milliseconds === undefined ? '—' : <Duration milliseconds={milliseconds} />,
      },
      {
        id: 'size',
        header: t('runs:field.size'),
        width: '8rem',
        align: 'end',
        cell: ({ bytes }) => <Bytes value={bytes} />,
      },
      {
        id: 'point',
        header: t('runs:field.point'),
        width: '12rem',
        cell: ({ point, state }) => (point === undefined || state === 'running' ? '—' : <Point id={point} />),
      },
    ],
    [t],
  );
}

function Point({ id }: { readonly id: string }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps clicks from the row around it.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid does not hear keys of what is within.
    <span onClick={(event) => event.stopPropagation()}>
      <TextLink to="/points/$id" params={{ id }} size="sm" ff="monospace">
        {id}
      </TextLink>
    </span>
  );
}
