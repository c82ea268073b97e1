import { Button, Group, Paper, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Cluster } from '../../../shared/model/cluster.ts';
import type { SourceDescription } from '../../../shared/model/driver.ts';
import { api } from '../../connection/client.ts';
import { asOurs } from '../../connection/errors.ts';
import { blamedField, type FormValues, optionsToChange, startValues } from '../../forms/form-model.ts';
import { OptionFields } from '../../forms/OptionFields.tsx';
import { useText } from '../../i18n/use-text.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { ButtonLink, TextLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { findDriver } from './draft.ts';
import { EnvironmentField, ReadOnlyField } from './NameStep.tsx';
import { ServiceTitle } from './ServiceTitle.tsx';

const route = getRouteApi('/clusters/$name/edit');

/** Changes a cluster: what is left as it is stays, stored secrets too. */
export function EditClusterScreen() {
  const { t } = useText();
  const { name } = route.useParams();
  const cluster = useQuery(api.clusters.show.queryOptions({ input: { name }, refetchOnMount: 'always' }));
  const drivers = useQuery(api.drivers.list.queryOptions({ input: {}, staleTime: Number.POSITIVE_INFINITY }));
  return (
    <>
      <PageHeader
        title={t('clusters:edit.heading', { name })}
        back={
          <TextLink to="/clusters/$name" params={{ name }}>
            {name}
          </TextLink>
        }
      />
      <QueryView query={drivers} loading={<LoadingPanel height={320} />}>
        {({ sources }) => (
          <QueryView query={cluster} loading={<LoadingPanel height={320} />}>
            {(data) => <EditForm key={data.id} cluster={data} drivers={sources} />}
          </QueryView>
        )}
      </QueryView>
    </>
  );
}

interface EditFormProps {
  readonly cluster: Cluster;
  readonly drivers: readonly SourceDescription[];
}

function EditForm({ cluster, drivers }: EditFormProps) {
  const { t } = useText();
  const navigate = route.useNavigate();
  const { name } = cluster;
  const fieldsOf = (source: string) => findDriver(drivers, source)?.options ?? [];
  const [environment, setEnvironment] = useState(cluster.environment);
  const [readOnly, setReadOnly] = useState(cluster.readOnly);
  const [values, setValues] = useState<{ readonly [service: string]: FormValues }>(() =>
    Object.fromEntries(
      cluster.services.map((each) => [each.service, startValues(fieldsOf(each.source), each.options)]),
    ),
  );
  const save = useMutation(
    api.clusters.update.mutationOptions({
      onSuccess: () => void navigate({ to: '/clusters/$name', params: { name }, search: {} }),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const services = cluster.services
      .map(({ service, source, options }) => ({
        service,
        options: optionsToChange(fieldsOf(source), values[service] ?? {}, options),
      }))
      .filter(({ options }) => Object.keys(options).length > 0);
    save.mutate({ name, environment, readOnly, services });
  };
  const blame = (service: string, source: string): { readonly [field: string]: string } => {
    const { code, params } = asOurs(save.error);
    const what = String(params.what ?? '');
    const field = blamedField(what, fieldsOf(source));
    if (code !== 'general.invalid-input' || field === undefined) return {};
    if (cluster.services.length > 1 && !what.includes(service)) return {};
    return { [field]: String(params.problem ?? '') };
  };
  return (
    <form onSubmit={submit}>
      <Stack maw="46rem">
        <Paper withBorder p="lg">
          <Stack>
            <EnvironmentField value={environment} onChange={setEnvironment} />
            <ReadOnlyField value={readOnly} onChange={setReadOnly} />
          </Stack>
        </Paper>
        {cluster.services.map(({ service, source, options }) => (
          <Paper key={service} withBorder p="lg">
            <Stack>
              <ServiceTitle order={2} service={service} driver={findDriver(drivers, source)} />
              <OptionFields
                fields={fieldsOf(source)}
                values={values[service] ?? {}}
                onChange={(changed) => setValues({ ...values, [service]: changed })}
                errors={blame(service, source)}
                stored={options}
              />
            </Stack>
          </Paper>
        ))}
        {save.error !== null && <ErrorPanel error={save.error} />}
        <Group justify="flex-end">
          <ButtonLink to="/clusters/$name" params={{ name }} variant="default">
            {t('common:cancel')}
          </ButtonLink>
          <Button type="submit" loading={save.isPending}>
            {t('clusters:edit.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
