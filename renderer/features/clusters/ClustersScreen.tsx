import { Group, Stack, Text, Title } from '@mantine/core';
import { IconFolder, IconServer2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { commandLine } from '../../../shared/command/command.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import { api } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import { ClusterName } from '../../ui/ClusterName.tsx';
import type { Column } from '../../ui/column.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { EnvironmentBadge } from '../../ui/EnvironmentBadge.tsx';
import { FilterField } from '../../ui/FilterField.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { DateTime } from '../../ui/Quantity.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { byFolder } from './folders.ts';
import { TransferButtons } from './TransferButtons.tsx';

const route = getRouteApi('/clusters');

/** All clusters, to be narrowed by name and sorted. */
export function ClustersScreen() {
  const { t } = useText();
  const { may } = useSession();
  const clusters = useQuery(api.clusters.list.queryOptions({ input: {} }));
  return (
    <>
      <PageHeader
        title={t('clusters:title')}
        description={t('clusters:description')}
        command={commandLine(['cluster', 'list'])}
        actions={
          may('admin') && (
            <>
              <TransferButtons names={(clusters.data ?? []).map(({ name }) => name)} />
              <ButtonLink to="/clusters/new">{t('clusters:add.title')}</ButtonLink>
            </>
          )
        }
      />
      <QueryView query={clusters}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState
              icon={IconServer2}
              title={t('clusters:empty.title')}
              text={t('clusters:empty.text')}
            />
          ) : (
            <ClusterList clusters={all} />
          )
        }
      </QueryView>
    </>
  );
}

function ClusterList({ clusters }: { readonly clusters: readonly Cluster[] }) {
  const { t, locale } = useText();
  const { q = '', sort = 'name', descending = false } = route.useSearch();
  const navigate = route.useNavigate();
  const columns = useColumns();
  const shown = useMemo(() => {
    const wanted = q.toLowerCase();
    const found = clusters.filter(({ name, folder = '', description = '' }) =>
      [name, folder, description].some((text) => text.toLowerCase().includes(wanted)),
    );
    return byFolder(found, locale);
  }, [clusters, q, locale]);
  const sorting = useMemo(() => ({ column: sort, descending }), [sort, descending]);
  return (
    <Stack gap="sm">
      <FilterField
        label={t('clusters:filter')}
        value={q}
        onChange={(typed) => void navigate({ search: (before) => ({ ...before, q: typed }), replace: true })}
      />
      {shown.length === 0 && <Text size="sm">{t('clusters:none')}</Text>}
      {shown.map(({ folder, clusters: members }) => (
        <section key={folder}>
          {(folder !== '' || shown.length > 1) && (
            <Group gap={6} mt="xs" mb={6}>
              <IconFolder size={16} stroke={1.7} aria-hidden />
              <Title order={2} size="h6">
                {folder === '' ? t('clusters:noFolder') : folder.replaceAll('/', ' / ')}
              </Title>
            </Group>
          )}
          <DataTable
            label={folder === '' ? t('clusters:title') : folder}
            columns={columns}
            rows={members}
            rowKey={({ id }) => id}
            sorting={sorting}
            onSorting={({ column, descending: down }) =>
              void navigate({
                search: (before) => ({
                  ...before,
                  sort: column as typeof sort,
                  descending: down || undefined,
                }),
                replace: true,
              })
            }
            onOpen={({ name }) => void navigate({ to: '/clusters/$name', params: { name }, search: {} })}
          />
        </section>
      ))}
    </Stack>
  );
}

function useColumns(): readonly Column<Cluster>[] {
  const { t } = useText();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('clusters:field.name'),
        width: 'minmax(12rem, 2fr)',
        sortBy: ({ name }) => name,
        cell: ({ name, colour }) => <ClusterName name={name} colour={colour} />,
      },
      {
        id: 'environment',
        header: t('common:environment.label'),
        width: '10rem',
        sortBy: ({ environment }) => environment,
        cell: ({ environment }) => <EnvironmentBadge environment={environment} />,
      },
      {
        id: 'services',
        header: t('clusters:field.services'),
        width: 'minmax(12rem, 2fr)',
        sortBy: ({ services }) => services.length,
        cell: ({ services }) => services.map(({ service }) => service).join(', '),
      },
      {
        id: 'readOnly',
        header: t('clusters:field.restores'),
        width: '11rem',
        cell: ({ readOnly }) => (
          <StatusBadge tone={readOnly ? 'quiet' : 'good'}>
            {t(readOnly ? 'clusters:readOnly.on' : 'clusters:readOnly.off')}
          </StatusBadge>
        ),
      },
      {
        id: 'created',
        header: t('clusters:field.created'),
        width: '13rem',
        sortBy: ({ created }) => created,
        cell: ({ created }) => <DateTime at={created} />,
      },
    ],
    [t],
  );
}
