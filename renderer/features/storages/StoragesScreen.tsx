import { IconDatabase } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { commandLine } from '../../../shared/command/command.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import { api } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { useDrivers } from '../../forms/use-drivers.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Column } from '../../ui/column.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { ArchiveCount, FillBar } from './Fill.tsx';
import { placeOf } from './place.ts';

const route = getRouteApi('/storages');

/** Where archives live, and how full each place is. */
export function StoragesScreen() {
  const { t } = useText();
  const { may } = useSession();
  const storages = useQuery(api.storages.list.queryOptions({ input: {} }));
  const add = may('admin') && <ButtonLink to="/storages/new">{t('storages:add.title')}</ButtonLink>;
  const empty = storages.data?.length === 0;
  return (
    <>
      <PageHeader
        title={t('storages:title')}
        description={t('storages:description')}
        command={commandLine(['storage', 'list'])}
        actions={!empty && add}
      />
      <QueryView query={storages}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={IconDatabase} title={t('storages:empty.title')} text={t('storages:empty.text')}>
              {add}
            </EmptyState>
          ) : (
            <StorageList storages={all} />
          )
        }
      </QueryView>
    </>
  );
}

function StorageList({ storages }: { readonly storages: readonly StorageConfig[] }) {
  const { t } = useText();
  const { sort = 'name', descending = false } = route.useSearch();
  const navigate = route.useNavigate();
  const columns = useColumns();
  const sorting = useMemo(() => ({ column: sort, descending }), [sort, descending]);
  return (
    <DataTable
      label={t('storages:title')}
      columns={columns}
      rows={storages}
      rowKey={({ id }) => id}
      sorting={sorting}
      onSorting={({ column, descending: down }) =>
        void navigate({
          search: { sort: column as typeof sort, descending: down || undefined },
          replace: true,
        })
      }
      onOpen={({ name }) => void navigate({ to: '/storages/$name', params: { name }, search: {} })}
    />
  );
}

function useColumns(): readonly Column<StorageConfig>[] {
  const { t, pick, format } = useText();
  const drivers = useDrivers().data?.storages;
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('storages:field.name'),
        width: 'minmax(9rem, 1.2fr)',
        sortBy: ({ name }) => name,
        cell: ({ name }) => name,
      },
      {
        id: 'driver',
        header: t('storages:field.driver'),
        width: '8rem',
        sortBy: ({ driver }) => driver,
        cell: ({ driver }) => {
          const known = drivers?.find(({ id }) => id === driver);
          return known === undefined ? driver : pick(known.label);
        },
      },
      {
        id: 'place',
        header: t('storages:field.place'),
        width: 'minmax(10rem, 2fr)',
        cell: ({ options }) => <span title={placeOf(options)}>{placeOf(options)}</span>,
      },
      {
        id: 'fill',
        header: t('storages:field.fill'),
        width: '13rem',
        cell: ({ name }) => <FillBar name={name} />,
      },
      {
        id: 'archives',
        header: t('storages:field.archives'),
        width: '10rem',
        cell: ({ name }) => <ArchiveCount name={name} />,
      },
      {
        id: 'created',
        header: t('storages:field.created'),
        width: '8rem',
        sortBy: ({ created }) => created,
        cell: ({ created }) => <time dateTime={created}>{format.date(created)}</time>,
      },
    ],
    [t, pick, format, drivers],
  );
}
