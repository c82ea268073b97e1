import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { TaskView } from '../../../shared/contract/contract.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Column } from '../../ui/column.ts';
import { Bytes, TimeAgo } from '../../ui/Quantity.tsx';
import { RunStateBadge } from '../../ui/RunStateBadge.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { scheduleWords } from './schedule-words.ts';
import { TaskActions } from './TaskActions.tsx';

/** Ids of the tasks that should have left a good point and did not. */
function useOverdue(): ReadonlySet<string> {
  const overview = useQuery(api.overview.show.queryOptions({ input: {} })).data;
  return useMemo(() => {
    const tasks = overview?.clusters.flatMap((cluster) => cluster.tasks) ?? [];
    return new Set(tasks.filter(({ overdueSince }) => overdueSince !== undefined).map(({ id }) => id));
  }, [overview]);
}

/** The columns of the list of tasks. */
export function useTaskColumns(): readonly Column<TaskView>[] {
  const texts = useText();
  const overdue = useOverdue();
  return useMemo(() => {
    const { t } = texts;
    return [
      {
        id: 'name',
        header: t('tasks:field.name'),
        width: 'minmax(8.75rem, 1.4fr)',
        sortBy: ({ task }) => task.name,
        cell: ({ task }) => <span title={task.name}>{task.name}</span>,
      },
      {
        id: 'cluster',
        header: t('tasks:field.cluster'),
        width: 'minmax(13.5rem, 1.6fr)',
        sortBy: ({ clusterName }) => clusterName,
        cell: ({ clusterName, task }) => {
          const services = task.sources.map(({ service }) => service).join(', ');
          return (
            <span title={`${clusterName} · ${services}`}>
              {clusterName}{' '}
              <Text span inherit c="dimmed">
                · {services}
              </Text>
            </span>
          );
        },
      },
      {
        id: 'schedule',
        header: t('tasks:field.schedule'),
        width: 'minmax(8rem, 1fr)',
        cell: ({ task }) => scheduleWords(task.schedule, texts),
      },
      {
        id: 'next',
        header: t('tasks:field.next'),
        width: '6.75rem',
        sortBy: ({ next }) => next[0],
        cell: (view) => <NextRun view={view} overdue={overdue.has(view.task.id)} />,
      },
      {
        id: 'last',
        header: t('tasks:field.last'),
        width: '13.25rem',
        sortBy: ({ last }) => last?.started,
        cell: ({ last }) =>
          last === undefined ? (
            '—'
          ) : (
            <Group gap={6} wrap="nowrap">
              <RunStateBadge state={last.state} />
              <Text span size="xs" c="dimmed" truncate>
                <TimeAgo at={last.ended ?? last.started} />
              </Text>
            </Group>
          ),
      },
      {
        id: 'size',
        header: t('tasks:field.size'),
        width: '5.75rem',
        align: 'end',
        sortBy: ({ last }) => last?.counts.bytes,
        cell: ({ last }) => (last?.counts.bytes === undefined ? '—' : <Bytes value={last.counts.bytes} />),
      },
      {
        id: 'actions',
        header: t('tasks:field.actions'),
        width: '5.25rem',
        align: 'end',
        cell: (view) => <TaskActions view={view} compact />,
      },
    ];
  }, [texts, overdue]);
}

function NextRun({ view, overdue }: { readonly view: TaskView; readonly overdue: boolean }) {
  const { t } = useText();
  const [next] = view.next;
  if (view.task.paused) return <StatusBadge tone="quiet">{t('tasks:paused')}</StatusBadge>;
  if (overdue) return <StatusBadge tone="bad">{t('tasks:overdue')}</StatusBadge>;
  return next === undefined ? '—' : <TimeAgo at={next} />;
}
