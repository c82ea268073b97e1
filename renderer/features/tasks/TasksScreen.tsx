import { Stack } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { commandLine } from '../../../shared/command/command.ts';
import type { TaskView } from '../../../shared/contract/contract.ts';
import { api } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FilterField } from '../../ui/FilterField.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { useTaskColumns } from './task-columns.tsx';

const route = getRouteApi('/tasks');

/** All tasks: when each runs, how the last run went, and what can be done with it. */
export function TasksScreen() {
  const { t } = useText();
  const { may } = useSession();
  const tasks = useQuery(api.tasks.list.queryOptions({ input: {} }));
  const add = may('admin') && (
    <ButtonLink to="/tasks/new" search={{}}>
      {t('tasks:add.title')}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader
        title={t('tasks:title')}
        description={t('tasks:description')}
        command={commandLine(['task', 'list'])}
        actions={tasks.data?.length !== 0 && add}
      />
      <QueryView query={tasks}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={IconPlayerPlay} title={t('tasks:empty.title')} text={t('tasks:empty.text')}>
              {add}
            </EmptyState>
          ) : (
            <TaskList tasks={all} />
          )
        }
      </QueryView>
    </>
  );
}

function TaskList({ tasks }: { readonly tasks: readonly TaskView[] }) {
  const { t } = useText();
  const { q = '', sort = 'name', descending = false } = route.useSearch();
  const navigate = route.useNavigate();
  const columns = useTaskColumns();
  const shown = useMemo(() => {
    const wanted = q.toLowerCase();
    return tasks.filter(
      ({ task, clusterName }) =>
        task.name.toLowerCase().includes(wanted) || clusterName.toLowerCase().includes(wanted),
    );
  }, [tasks, q]);
  const sorting = useMemo(() => ({ column: sort, descending }), [sort, descending]);
  return (
    <Stack gap="sm">
      <FilterField
        label={t('tasks:filter')}
        value={q}
        onChange={(typed) => void navigate({ search: (before) => ({ ...before, q: typed }), replace: true })}
      />
      <DataTable
        label={t('tasks:title')}
        columns={columns}
        rows={shown}
        rowKey={({ task }) => task.id}
        sorting={sorting}
        onSorting={({ column, descending: down }) =>
          void navigate({
            search: (before) => ({ ...before, sort: column as typeof sort, descending: down || undefined }),
            replace: true,
          })
        }
        onOpen={({ task }) => void navigate({ to: '/tasks/$name', params: { name: task.name }, search: {} })}
      />
    </Stack>
  );
}
