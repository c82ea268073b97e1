import { NativeSelect, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconRestore, IconServer2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { targetText } from '../../../shared/command/target.ts';
import type { TimelinePoint } from '../../../shared/contract/contract.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import type { Target } from '../../../shared/model/target.ts';
import { printable } from '../../../shared/report/printable.ts';
import { api } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Column } from '../../ui/column.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ButtonLink, TextLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { DateTime } from '../../ui/Quantity.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { FileForm } from '../../ui/target/FileForm.tsx';
import classes from './explore.module.css';

const route = getRouteApi('/explore');
const MOST_POINTS = 1000;

/** What can be looked into: every service of every cluster, recovery points by time, a file on the host. */
export function StartScreen() {
  const { t } = useText();
  const navigate = route.useNavigate();
  const open = (target: Target) => void navigate({ search: { target: targetText(target) } });
  return (
    <>
      <PageHeader title={t('explore:title')} description={t('explore:description')} />
      <div className={classes.start}>
        <Stack gap="md">
          <Paper withBorder p="md">
            <Title order={2} size="h6" mb="xs">
              {t('explore:start.clusters')}
            </Title>
            <Clusters />
          </Paper>
          <Paper withBorder p="md">
            <Title order={2} size="h6" mb={4}>
              {t('explore:start.file')}
            </Title>
            <Text size="sm" c="dimmed" mb="xs">
              {t('explore:start.fileHelp')}
            </Text>
            <FileForm onPath={(path) => open({ of: 'file', path })} />
          </Paper>
        </Stack>
        <Points onOpen={open} />
      </div>
    </>
  );
}

function Clusters() {
  const { t } = useText();
  const { may } = useSession();
  const clusters = useQuery(api.clusters.list.queryOptions({ input: {} }));
  return (
    <QueryView query={clusters}>
      {(all) =>
        all.length === 0 ? (
          <Stack gap="xs" align="flex-start">
            <Text size="sm" c="dimmed">
              {t('explore:start.noClusters')}
            </Text>
            {may('admin') && (
              <ButtonLink
                to="/clusters/new"
                variant="default"
                size="xs"
                leftSection={<IconServer2 size={14} />}
              >
                {t('explore:start.addCluster')}
              </ButtonLink>
            )}
          </Stack>
        ) : (
          <Stack gap={6}>
            {all.map((cluster) => (
              <ClusterLinks key={cluster.id} cluster={cluster} />
            ))}
          </Stack>
        )
      }
    </QueryView>
  );
}

function ClusterLinks({ cluster }: { readonly cluster: Cluster }) {
  return (
    <Text size="sm" component="div">
      <b>{printable(cluster.name)}</b>{' '}
      {cluster.services.map(({ service }, i) => (
        <span key={service}>
          {i > 0 && ' · '}
          <TextLink
            to="/explore"
            search={{ target: targetText({ of: 'cluster', cluster: cluster.name, service }) }}
          >
            {printable(service)}
          </TextLink>
        </span>
      ))}
    </Text>
  );
}

function Points({ onOpen }: { readonly onOpen: (target: Target) => void }) {
  const { t } = useText();
  const [cluster, setCluster] = useState('');
  const [before, setBefore] = useState('');
  const clusters = useQuery(api.clusters.list.queryOptions({ input: {} }));
  const until = Number.isNaN(Date.parse(before)) ? undefined : new Date(before).toISOString();
  const points = useQuery(
    api.points.timeline.queryOptions({
      input: {
        limit: MOST_POINTS,
        ...(cluster === '' ? {} : { cluster }),
        ...(until === undefined ? {} : { until }),
      },
    }),
  );
  const columns = usePointColumns();
  const isNarrowed = cluster !== '' || until !== undefined;
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h6" mb="xs">
        {t('explore:start.points')}
      </Title>
      <div className={classes.narrow}>
        <NativeSelect
          size="xs"
          label={t('explore:start.ofCluster')}
          value={cluster}
          onChange={(event) => setCluster(event.currentTarget.value)}
          data={[
            { value: '', label: t('explore:start.allClusters') },
            ...(clusters.data ?? []).map(({ name }) => ({ value: name, label: name })),
          ]}
        />
        <TextInput
          type="datetime-local"
          step={1}
          size="xs"
          label={t('explore:start.until')}
          value={before}
          onChange={(event) => setBefore(event.currentTarget.value)}
        />
      </div>
      <QueryView query={points}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState
              icon={IconRestore}
              title={t(isNarrowed ? 'explore:start.nonePoints' : 'explore:start.noPoints')}
              text={t(isNarrowed ? 'explore:start.nonePointsText' : 'explore:start.noPointsText')}
            />
          ) : (
            <DataTable
              label={t('explore:start.points')}
              columns={columns}
              rows={all}
              rowKey={({ id }) => id}
              onOpen={({ id, services: [service] }) =>
                onOpen({ of: 'point', point: id, ...(service === undefined ? {} : { service }) })
              }
              height="fill"
              rowHeight={34}
            />
          )
        }
      </QueryView>
    </Paper>
  );
}

function usePointColumns(): readonly Column<TimelinePoint>[] {
  const { t } = useText();
  return useMemo(
    () => [
      {
        id: 'created',
        header: t('explore:start.time'),
        width: 'minmax(12rem, 1.2fr)',
        cell: ({ created }) => <DateTime at={created} />,
      },
      {
        id: 'task',
        header: t('explore:start.task'),
        width: 'minmax(7rem, 1fr)',
        cell: ({ taskName, clusterName }) => `${printable(taskName)} (${printable(clusterName)})`,
      },
      {
        id: 'services',
        header: t('explore:start.services'),
        width: 'minmax(8rem, 1fr)',
        cell: ({ services }) => services.map(printable).join(', '),
      },
    ],
    [t],
  );
}
