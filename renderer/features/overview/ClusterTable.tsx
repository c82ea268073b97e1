import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ClusterOverview } from '../../../shared/model/overview.ts';
import type { Run } from '../../../shared/model/run.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { ClusterName } from '../../ui/ClusterName.tsx';
import type { Column } from '../../ui/column.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EnvironmentBadge } from '../../ui/EnvironmentBadge.tsx';
import { TimeAgo } from '../../ui/Quantity.tsx';
import { RunStateBadge } from '../../ui/RunStateBadge.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { Section } from './Section.tsx';

/** Every cluster in a line: how much of it is protected, its last good point, its next run. */
export function ClusterTable({ clusters }: { readonly clusters: readonly ClusterOverview[] }) {
  const { t } = useText();
  const navigate = useNavigate();
  const columns = useColumns();
  if (clusters.length === 0) return null;
  return (
    <Section title={t('clusters:title')}>
      <DataTable
        label={t('clusters:title')}
        columns={columns}
        rows={clusters}
        rowKey={({ id }) => id}
        onOpen={({ name }) => void navigate({ to: '/clusters/$name', params: { name } })}
      />
    </Section>
  );
}

function useColumns(): readonly Column<ClusterOverview>[] {
  const { t } = useText();
  const clusters = useQuery(api.clusters.list.queryOptions({ input: {} })).data;
  const colours = useMemo(() => new Map(clusters?.map(({ id, colour }) => [id, colour])), [clusters]);
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('overview:column.cluster'),
        width: 'minmax(10rem, 2fr)',
        cell: ({ id, name }) => <ClusterName name={name} colour={colours.get(id)} />,
      },
      {
        id: 'environment',
        header: t('common:environment.label'),
        width: '9rem',
        cell: ({ environment }) => <EnvironmentBadge environment={environment} />,
      },
      {
        id: 'protected',
        header: t('overview:column.protected'),
        width: 'minmax(9rem, 1fr)',
        cell: (cluster) => <Protection cluster={cluster} />,
      },
      {
        id: 'lastGood',
        header: t('overview:column.lastGood'),
        width: 'minmax(8rem, 1fr)',
        cell: ({ services }) => <AtOr at={oldest(services.map(({ lastGood }) => lastGood?.at))} />,
      },
      {
        id: 'last',
        header: t('overview:column.lastRun'),
        width: '9rem',
        cell: ({ tasks }) => {
          const last = newest(tasks.flatMap((task) => task.last ?? []));
          return last === undefined ? '—' : <RunStateBadge state={last.state} />;
        },
      },
      {
        id: 'next',
        header: t('overview:column.next'),
        width: 'minmax(8rem, 1fr)',
        cell: ({ tasks }) => (
          <AtOr at={oldest(tasks.flatMap(({ next }) => (next === undefined ? [] : [next])))} />
        ),
      },
    ],
    [t, colours],
  );
}

function AtOr({ at }: { readonly at: string | undefined }) {
  return at === undefined ? '—' : <TimeAgo at={at} />;
}

function Protection({ cluster }: { readonly cluster: ClusterOverview }) {
  const { t } = useText();
  const all = cluster.services.length;
  const done = cluster.services.filter(({ tasks }) => tasks.length > 0).length;
  return (
    <StatusBadge tone={done === all ? 'good' : 'warn'}>{t('overview:protected', { done, all })}</StatusBadge>
  );
}

function newest(runs: readonly Run[]): Run | undefined {
  return [...runs].sort((a, b) => b.started.localeCompare(a.started))[0];
}

/** The earliest; undefined as soon as one is lacking: a cluster is as old as its oldest part. */
function oldest(instants: readonly (string | undefined)[]): string | undefined {
  if (instants.some((at) => at === undefined)) return undefined;
  return instants.filter((at) => at !== undefined).sort()[0];
}
