import { IconArrowBackUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { targetText } from '../../../shared/command/target.ts';
import type { ListedRun } from '../../../shared/contract/contract.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Column } from '../../ui/column.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { DateTime } from '../../ui/Quantity.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { RunStateBadge } from '../../ui/RunStateBadge.tsx';
import type { ChoiceProps } from './PointChoice.tsx';

const MOST_RUNS = 500;
const TABLE_PIXELS = 320;

/** Restores that were done, to take one back: each took an undo point before its first change. */
export function UndoChoice({ chosen, onChoose }: ChoiceProps) {
  const { t } = useText();
  const runs = useQuery(
    api.runs.list.queryOptions({ input: { kinds: ['restore', 'undo'], limit: MOST_RUNS } }),
  );
  const columns = useColumns();
  return (
    <QueryView query={runs}>
      {(all) => {
        const over = all.filter(({ state }) => state !== 'running');
        return over.length === 0 ? (
          <EmptyState
            icon={IconArrowBackUp}
            title={t('restore:undoEmpty.title')}
            text={t('restore:undoEmpty.text')}
          />
        ) : (
          <DataTable
            label={t('restore:point.kinds.undo')}
            columns={columns}
            rows={over}
            rowKey={({ id }) => id}
            selected={chosen?.of === 'undo' ? chosen.run : undefined}
            onOpen={({ id }) => onChoose(targetText({ of: 'undo', run: id }))}
            height={TABLE_PIXELS}
          />
        );
      }}
    </QueryView>
  );
}

function useColumns(): readonly Column<ListedRun>[] {
  const { t } = useText();
  const clusters = useQuery(api.clusters.list.queryOptions({ input: {} }));
  const names = useMemo(() => new Map(clusters.data?.map(({ id, name }) => [id, name])), [clusters.data]);
  return useMemo(
    () => [
      {
        id: 'started',
        header: t('restore:field.started'),
        width: 'minmax(13.5rem, 1.4fr)',
        cell: ({ started }) => <DateTime at={started} />,
      },
      {
        id: 'kind',
        header: t('restore:field.kind'),
        width: 'minmax(8rem, 1fr)',
        cell: ({ kind }) => t(`common:runKind.${kind}`),
      },
      {
        id: 'cluster',
        header: t('restore:field.cluster'),
        width: 'minmax(8rem, 1fr)',
        cell: ({ cluster }) => names.get(cluster ?? '') ?? '—',
      },
      {
        id: 'state',
        header: t('restore:field.state'),
        width: '9rem',
        cell: ({ state }) => <RunStateBadge state={state} />,
      },
    ],
    [t, names],
  );
}
