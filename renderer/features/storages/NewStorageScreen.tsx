import { Paper } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { NewStorageForm } from '../../forms/storage/NewStorageForm.tsx';
import { useDrivers } from '../../forms/use-drivers.ts';
import { useText } from '../../i18n/use-text.ts';
import { ForRole } from '../../ui/ForRole.tsx';
import { TextLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';

const route = getRouteApi('/storages/new');

export function NewStorageScreen() {
  const { t } = useText();
  const navigate = route.useNavigate();
  const drivers = useDrivers();
  return (
    <>
      <PageHeader
        title={t('storages:add.title')}
        back={<TextLink to="/storages">{t('storages:title')}</TextLink>}
      />
      <ForRole least="admin">
        <QueryView query={drivers} loading={<LoadingPanel height={320} />}>
          {({ storages }) => (
            <Paper withBorder p="lg" maw="46rem">
              <NewStorageForm
                drivers={storages}
                onAdded={({ name }) =>
                  void navigate({ to: '/storages/$name', params: { name }, search: { doing: 'validate' } })
                }
                onCancel={() => void navigate({ to: '/storages' })}
              />
            </Paper>
          )}
        </QueryView>
      </ForRole>
    </>
  );
}
