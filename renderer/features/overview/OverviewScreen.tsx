import { SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { commandLine } from '../../../shared/command/command.ts';
import type { Overview } from '../../../shared/model/overview.ts';
import { findAttention } from '../../../shared/report/attention.ts';
import { api } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import { ButtonLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { AttentionList } from './AttentionList.tsx';
import { ClusterTable } from './ClusterTable.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import { NextRuns } from './NextRuns.tsx';
import { nextRuns } from './next-runs.ts';
import { RunningNow } from './RunningNow.tsx';
import { Storages } from './Storages.tsx';

/** Runs to come that are listed. */
const MOST_NEXT = 5;

/** Everything at a glance: what is protected and what is not, what runs, how full the storages are. */
export function OverviewScreen() {
  const { t } = useText();
  const { may } = useSession();
  const overview = useQuery(api.overview.show.queryOptions({ input: {} }));
  const empty = overview.data !== undefined && isEmpty(overview.data);
  return (
    <>
      <PageHeader
        title={t('overview:title')}
        description={t('overview:description')}
        command={commandLine(['overview'])}
        actions={
          overview.data !== undefined &&
          !empty &&
          may('admin') && <ButtonLink to="/clusters/new">{t('overview:addCluster')}</ButtonLink>
        }
      />
      <QueryView query={overview}>
        {(data) => (empty ? <FirstSteps /> : <Filled overview={data} />)}
      </QueryView>
    </>
  );
}

function Filled({ overview }: { readonly overview: Overview }) {
  return (
    <Stack gap="xl">
      <AttentionList found={findAttention(overview)} />
      <RunningNow runs={overview.running} />
      <ClusterTable clusters={overview.clusters} />
      <SimpleGrid cols={2} spacing="lg">
        <NextRuns runs={nextRuns(overview, MOST_NEXT)} />
        <Storages storages={overview.storages} />
      </SimpleGrid>
    </Stack>
  );
}

function isEmpty({ clusters, storages }: Overview): boolean {
  return clusters.length === 0 && storages.length === 0;
}
