import { Button, Paper, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { commandLine } from '../../../shared/command/command.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import { api } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { AccountNote } from '../../forms/storage/AccountNote.tsx';
import { StorageValidation } from '../../forms/storage/StorageChecks.tsx';
import { useDrivers } from '../../forms/use-drivers.ts';
import { useText } from '../../i18n/use-text.ts';
import { ClosablePanel } from '../../ui/ClosablePanel.tsx';
import { ConfirmByName } from '../../ui/ConfirmByName.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { ButtonLink, TextLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { DateTime } from '../../ui/Quantity.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { ArchiveCount, FillBar } from './Fill.tsx';
import { optionFacts } from './option-facts.ts';
import { RenameStorage } from './RenameStorage.tsx';
import { RescanPanel } from './RescanPanel.tsx';
import { UnknownStorage } from './UnknownStorage.tsx';

const route = getRouteApi('/storages/$name');

/** One storage: how full it is, what is set of it, whether it keeps its promises, what lies in it. */
export function StorageScreen() {
  const { t } = useText();
  const { name } = route.useParams();
  const { doing } = route.useSearch();
  const storages = useQuery(api.storages.list.queryOptions({ input: {} }));
  const commands = { validate: ['storage', 'validate', name], rescan: ['storage', 'rescan', name] };
  return (
    <>
      <PageHeader
        title={name}
        back={<TextLink to="/storages">{t('storages:title')}</TextLink>}
        command={commandLine(doing === undefined ? ['storage', 'usage', name] : commands[doing])}
        actions={<Actions name={name} />}
      />
      <QueryView query={storages} loading={<LoadingPanel height={260} />}>
        {(all) => {
          const storage = all.find((each) => each.name === name);
          return storage === undefined ? <UnknownStorage name={name} /> : <Details storage={storage} />;
        }}
      </QueryView>
    </>
  );
}

function Actions({ name }: { readonly name: string }) {
  const { t } = useText();
  const { may } = useSession();
  const navigate = route.useNavigate();
  const [removing, setRemoving] = useState(false);
  const remove = useMutation(
    api.storages.remove.mutationOptions({ onSuccess: () => void navigate({ to: '/storages' }) }),
  );
  const show = (doing: 'validate' | 'rescan') => void navigate({ search: { doing }, replace: true });
  return (
    <>
      {may('admin') && (
        <>
          <Button variant="default" onClick={() => setRemoving(true)}>
            {t('storages:remove.title')}
          </Button>
          <RenameStorage name={name} />
          <ButtonLink to="/storages/$name/edit" params={{ name }} variant="default">
            {t('storages:edit.title')}
          </ButtonLink>
          <Button variant="default" onClick={() => show('rescan')}>
            {t('storages:rescan.action')}
          </Button>
        </>
      )}
      {may('operator') && <Button onClick={() => show('validate')}>{t('storages:validate.action')}</Button>}
      <ConfirmByName
        opened={removing}
        title={t('storages:remove.title')}
        name={name}
        action={t('storages:remove.action')}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ name })}
        onClose={() => setRemoving(false)}
      >
        {t('storages:remove.text')}
      </ConfirmByName>
    </>
  );
}

function Details({ storage }: { readonly storage: StorageConfig }) {
  const { t, pick } = useText();
  const { may } = useSession();
  const { name } = storage;
  const { doing } = route.useSearch();
  const navigate = route.useNavigate();
  const close = () => void navigate({ search: {}, replace: true });
  const driver = useDrivers().data?.storages.find(({ id }) => id === storage.driver);
  return (
    <Stack gap="lg">
      {doing === 'validate' && may('operator') && (
        <ClosablePanel title={t('storages:validate.title')} onClose={close}>
          <StorageValidation name={name} />
        </ClosablePanel>
      )}
      {doing === 'rescan' && may('admin') && (
        <ClosablePanel title={t('storages:rescan.title')} onClose={close}>
          <RescanPanel name={name} />
        </ClosablePanel>
      )}
      <Paper withBorder p="lg">
        <Facts
          facts={[
            [t('storages:field.fill'), <FillBar key="fill" name={name} />],
            [t('storages:field.archives'), <ArchiveCount key="archives" name={name} />],
            [t('storages:field.driver'), driver === undefined ? storage.driver : pick(driver.label)],
            ...optionFacts(driver?.options ?? [], storage.options, { t, pick }),
            [t('storages:field.created'), <DateTime key="created" at={storage.created} />],
            [
              t('storages:field.rescanned'),
              storage.rescanned === undefined ? (
                t('storages:neverRescanned')
              ) : (
                <DateTime key="rescanned" at={storage.rescanned} />
              ),
            ],
          ]}
        />
      </Paper>
      {driver !== undefined && <AccountNote driver={driver} />}
    </Stack>
  );
}
