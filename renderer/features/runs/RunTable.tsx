import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ListedRun } from '../../../shared/contract/contract.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Column } from '../../ui/column.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { pagedRows } from '../../ui/paged-rows.ts';
import { Bytes, DateTime, Duration } from '../../ui/Quantity.tsx';
import { RunStateBadge } from '../../ui/RunStateBadge.tsx';
import { RUN_REASONS } from '../../ui/run-reason.ts';
import { useNames } from './use-names.ts';

/** Runs, newest first; more come as one scrolls. */
export function RunTable({
  runs,
  more,
}: {
  readonly runs: readonly ListedRun[];
  readonly more: Parameters<typeof pagedRows>[1];
}) {
  const { t } = useText();
  const navigate = useNavigate();
  const columns = useColumns();
  return (
    <DataTable
      label={t('runs:title')}
      columns={columns}
      rows={pagedRows(runs, more)}
      rowKey={({ id }) => id}
      height="fill"
      onOpen={({ id }) => void navigate({ to: '/runs/$id', params: { id }, search: {} })}
    />
  );
}

function useColumns(): readonly Column<ListedRun>[] {
  const { t } = useText();
  const names = useNames();
  return useMemo(
    () => [
      {
        id: 'state',
        header: t('runs:field.state'),
        width: '7.75rem',
        cell: ({ state }) => <RunStateBadge state={state} />,
      },
      {
        id: 'kind',
        header: t('runs:field.kind'),
        width: '6rem',
        cell: ({ kind }) => t(`common:runKind.${kind}`),
      },
      {
        id: 'task',
        header: t('runs:field.task'),
        width: 'minmax(8.5rem, 1.3fr)',
        cell: ({ task }) => <span title={names.task(task)}>{names.task(task) ?? '—'}</span>,
      },
      {
        id: 'cluster',
        header: t('runs:field.cluster'),
        width: 'minmax(8.5rem, 1fr)',
        cell: ({ cluster }) => <span title={names.cluster(cluster)}>{names.cluster(cluster) ?? '—'}</span>,
      },
      {
        id: 'started',
        header: t('runs:field.started'),
        width: '13.5rem',
        cell: ({ started }) => <DateTime at={started} />,
      },
      {
        id: 'duration',
        header: t('runs:field.duration'),
        width: '7.25rem',
        align: 'end',
        cell: ({ milliseconds }) =>
          milliseconds === undefined ? '—' : <Duration milliseconds={milliseconds} />,
      },
      {
        id: 'size',
        header: t('runs:field.size'),
        width: '6rem',
        align: 'end',
        cell: ({ bytes }) => <Bytes value={bytes} />,
      },
      {
        id: 'reason',
        header: t('runs:field.reason'),
        width: '6.5rem',
        cell: ({ reason }) => t(RUN_REASONS[reason]),
      },
    ],
    [t, names],
  );
}
