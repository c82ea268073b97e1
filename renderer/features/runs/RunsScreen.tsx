import { Stack } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { commandLine } from '../../../shared/command/command.ts';
import { runState } from '../../../shared/model/run.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { HistoryPlot } from '../../ui/plot/HistoryPlot.tsx';
import { plottedRuns } from '../../ui/plot/plotted-run.ts';
import { LoadingTable } from '../../ui/Skeletons.tsx';
import { RunFilters } from './RunFilters.tsx';
import { RunningNow } from './RunningNow.tsx';
import { RunTable } from './RunTable.tsx';
import type { RunsSearch } from './search.ts';

const route = getRouteApi('/runs');
const PAGE_RUNS = 100;
const MOST_RUNNING = 50;
const ENDED = runState.options.filter((state) => state !== 'running');

/** What is being done, and below it everything that was done. */
export function RunsScreen() {
  const { t } = useText();
  const search = route.useSearch();
  const { kind, state, task } = search;
  const running = useQuery(
    api.runs.list.queryOptions({ input: { states: ['running'], limit: MOST_RUNNING } }),
  );
  return (
    <>
      <PageHeader
        title={t('runs:title')}
        description={t('runs:description')}
        command={commandLine([
          'run',
          'list',
          { flag: 'kind', value: kind },
          { flag: 'state', value: state },
          { flag: 'task', value: task },
        ])}
      />
      <Stack gap="lg">
        <RunningNow runs={running.data ?? []} />
        <History search={search} running={running.data?.length ?? 0} />
      </Stack>
    </>
  );
}

function History({ search, running }: { readonly search: RunsSearch; readonly running: number }) {
  const { t } = useText();
  const { kind, state, task, cluster } = search;
  const narrowed = [kind, state, task, cluster].some((each) => each !== undefined);
  const filter = {
    ...(kind === undefined ? {} : { kinds: [kind] }),
    // Those that run stand above.
    states: state === undefined ? ENDED : [state],
    ...(task === undefined ? {} : { task }),
    ...(cluster === undefined ? {} : { cluster }),
  };
  const history = useInfiniteQuery(
    api.runs.list.infiniteOptions({
      input: (after: string | undefined) => ({
        ...filter,
        limit: PAGE_RUNS,
        ...(after === undefined ? {} : { after }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => (page.length < PAGE_RUNS ? undefined : page.at(-1)?.id),
    }),
  );
  const runs = useMemo(() => history.data?.pages.flat() ?? [], [history.data]);
  const plotted = useMemo(
    () => plottedRuns(runs.filter((run) => run.kind === (kind ?? 'backup'))),
    [runs, kind],
  );
  if (history.data === undefined && !history.isError) return <LoadingTable />;
  if (runs.length === 0 && !narrowed && !history.isError) {
    if (running > 0) return null;
    return (
      <EmptyState icon={IconHistory} title={t('runs:empty.title')} text={t('runs:empty.text')}>
        <ButtonLink to="/tasks">{t('runs:empty.action')}</ButtonLink>
      </EmptyState>
    );
  }
  return (
    <Stack gap="md">
      <RunFilters search={search} />
      {history.isError && <ErrorPanel error={history.error} onRetry={() => void history.refetch()} />}
      <HistoryPlot runs={plotted} mixed={task === undefined} />
      {runs.length === 0 && !history.isError ? (
        <EmptyState icon={IconHistory} title={t('runs:none.title')} text={t('runs:none.text')} />
      ) : (
        <RunTable
          runs={runs}
          more={{
            has: history.hasNextPage,
            loading: history.isFetchingNextPage,
            load: () => void history.fetchNextPage(),
          }}
        />
      )}
    </Stack>
  );
}
