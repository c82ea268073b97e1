import { Button, Group, Paper, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { setStorageCommand } from '../../../shared/command/storage.ts';
import type { StorageDescription } from '../../../shared/model/driver.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import { api } from '../../connection/client.ts';
import { blamedFields } from '../../forms/blame.ts';
import { missingFields, optionsToChange, startValues } from '../../forms/form-model.ts';
import { OptionFields } from '../../forms/OptionFields.tsx';
import { AccountNote } from '../../forms/storage/AccountNote.tsx';
import { StorageProbe } from '../../forms/storage/StorageChecks.tsx';
import { useDrivers } from '../../forms/use-drivers.ts';
import { useText } from '../../i18n/use-text.ts';
import { CommandLines } from '../../ui/CommandLines.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { ForRole } from '../../ui/ForRole.tsx';
import { ButtonLink, TextLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { UnknownStorage } from './UnknownStorage.tsx';

const route = getRouteApi('/storages/$name/edit');

/** Changes a storage's options; its kind stays. */
export function EditStorageScreen() {
  const { t } = useText();
  const { name } = route.useParams();
  const storages = useQuery(api.storages.list.queryOptions({ input: {} }));
  const drivers = useDrivers();
  return (
    <>
      <PageHeader
        title={t('storages:edit.title')}
        back={
          <TextLink to="/storages/$name" params={{ name }} search={{}}>
            {name}
          </TextLink>
        }
      />
      <ForRole least="admin">
        <QueryView query={drivers} loading={<LoadingPanel height={320} />}>
          {({ storages: known }) => (
            <QueryView query={storages} loading={<LoadingPanel height={320} />}>
              {(all) => {
                const storage = all.find((each) => each.name === name);
                const driver = known.find(({ id }) => id === storage?.driver);
                if (storage === undefined || driver === undefined) return <UnknownStorage name={name} />;
                return <EditForm key={storage.id} storage={storage} driver={driver} />;
              }}
            </QueryView>
          )}
        </QueryView>
      </ForRole>
    </>
  );
}

function EditForm(props: { readonly storage: StorageConfig; readonly driver: StorageDescription }) {
  const { driver } = props;
  // What others change meanwhile must not turn what was left as it is here into a change back.
  const [storage] = useState(props.storage);
  const { t } = useText();
  const navigate = route.useNavigate();
  const { name } = storage;
  const [values, setValues] = useState(() => startValues(driver.options, storage.options));
  const [probed, setProbed] = useState<string>();
  const options = optionsToChange(driver.options, values, storage.options);
  const wanted = JSON.stringify(options);
  const filled = missingFields(driver.options, values, storage.options).length === 0;
  const save = useMutation(
    api.storages.update.mutationOptions({
      onSuccess: () => void navigate({ to: '/storages/$name', params: { name }, search: {} }),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (filled) save.mutate({ name, options });
  };
  return (
    <Paper withBorder p="lg" maw="46rem" component="form" onSubmit={submit}>
      <Stack>
        <OptionFields
          fields={driver.options}
          values={values}
          onChange={setValues}
          errors={blamedFields(save.error, driver.options)}
          stored={storage.options}
        />
        <AccountNote driver={driver} />
        {filled && Object.keys(options).length > 0 && (
          <CommandLines command={setStorageCommand(name, driver.options, options)} />
        )}
        {probed === wanted && <StorageProbe storage={{ driver: driver.id, options, storage: name }} />}
        {save.error !== null && <ErrorPanel error={save.error} />}
        <Group justify="space-between">
          <Button variant="default" disabled={!filled} onClick={() => setProbed(wanted)}>
            {t('storages:probe.action')}
          </Button>
          <Group gap="xs">
            <ButtonLink to="/storages/$name" params={{ name }} search={{}} variant="subtle" color="gray">
              {t('common:cancel')}
            </ButtonLink>
            <Button type="submit" disabled={!filled} loading={save.isPending}>
              {t('storages:edit.save')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Paper>
  );
}
