import { Group, NativeSelect, SegmentedControl, Stack } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { commandLine } from '../../../shared/command/command.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { PointList } from './PointList.tsx';
import type { PointsSearch } from './search.ts';

const route = getRouteApi('/points');
const CALENDAR_PIXELS = 420;

const PointCalendar = lazy(() =>
  import('./PointCalendar.tsx').then(({ PointCalendar: component }) => ({ default: component })),
);

/** What can be gone back to, newest first or by day. */
export function PointsScreen() {
  const { t } = useText();
  const search = route.useSearch();
  const any = useQuery(api.points.timeline.queryOptions({ input: { limit: 1 } }));
  return (
    <>
      <PageHeader
        title={t('points:title')}
        description={t('points:description')}
        command={commandLine(['point', 'list', { flag: 'task', value: search.task }])}
      />
      <QueryView query={any}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState icon={IconRestore} title={t('points:empty.title')} text={t('points:empty.text')}>
              <ButtonLink to="/tasks">{t('points:empty.action')}</ButtonLink>
            </EmptyState>
          ) : (
            <Filled search={search} />
          )
        }
      </QueryView>
    </>
  );
}

function Filled({ search }: { readonly search: PointsSearch }) {
  return (
    <Stack gap="md">
      <Controls search={search} />
      {search.view === 'calendar' ? (
        <Suspense fallback={<LoadingPanel height={CALENDAR_PIXELS} />}>
          <PointCalendar search={search} />
        </Suspense>
      ) : (
        <PointList search={search} />
      )}
    </Stack>
  );
}

function Controls({ search }: { readonly search: PointsSearch }) {
  const { t } = useText();
  const navigate = route.useNavigate();
  const tasks = useQuery(api.tasks.list.queryOptions({ input: {} })).data ?? [];
  const clusters = useQuery(api.clusters.list.queryOptions({ input: {} })).data ?? [];
  const narrow = (change: PointsSearch) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const options = (names: readonly string[], chosen: string | undefined) => [
    { value: '', label: t('points:filter.all') },
    ...(chosen === undefined || names.includes(chosen) ? names : [chosen, ...names]),
  ];
  return (
    <Group gap="sm" align="flex-end" justify="space-between">
      <Group gap="sm">
        <NativeSelect
          label={t('points:field.task')}
          value={search.task ?? ''}
          onChange={(event) => narrow({ task: event.currentTarget.value || undefined })}
          data={options(
            tasks.map(({ task }) => task.name),
            search.task,
          )}
        />
        <NativeSelect
          label={t('points:field.cluster')}
          value={search.cluster ?? ''}
          onChange={(event) => narrow({ cluster: event.currentTarget.value || undefined })}
          data={options(
            clusters.map(({ name }) => name),
            search.cluster,
          )}
        />
      </Group>
      <SegmentedControl
        aria-label={t('points:view.label')}
        value={search.view ?? 'list'}
        onChange={(view) => narrow({ view: view === 'calendar' ? 'calendar' : undefined, day: undefined })}
        data={[
          { value: 'list', label: t('points:view.list') },
          { value: 'calendar', label: t('points:view.calendar') },
        ]}
      />
    </Group>
  );
}
