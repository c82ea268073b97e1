import { Button, Divider, Group, Paper, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { asOurs } from '../../../shared/contract/reported.ts';
import { type Text, textOf } from '../../../shared/errors/text.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import type { DriverField, SourceDescription } from '../../../shared/model/driver.ts';
import { api, client } from '../../connection/client.ts';
import { useStream } from '../../connection/use-stream.ts';
import { blamedField } from '../../forms/form-model.ts';
import { useText } from '../../i18n/use-text.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { ForRole } from '../../ui/ForRole.tsx';
import { ButtonLink, TextLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { collectChecks, NO_CHECKS, StreamedChecks } from '../../ui/StreamedChecks.tsx';
import { findDriver, servicesOf } from './draft.ts';
import { EditServices } from './EditServices.tsx';
import { LimitsFields } from './LimitsFields.tsx';
import { MarksFields } from './MarksFields.tsx';
import { isFolder } from './marks-draft.ts';
import { EnvironmentField, ReadOnlyField } from './NameStep.tsx';
import { areServicesFit, keptServices, servicesChange, servicesDraft } from './services-draft.ts';
import { isInFlight, isRate, settingsChange, settingsDraft } from './settings-draft.ts';
import { TunnelFields } from './TunnelFields.tsx';
import { isTunnelFilled, tunnelDraft, tunnelToChange } from './tunnel-draft.ts';

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
      <ForRole least="admin">
        <QueryView query={drivers} loading={<LoadingPanel height={320} />}>
          {({ sources, tunnel }) => (
            <QueryView query={cluster} loading={<LoadingPanel height={320} />}>
              {(data) => <EditForm key={data.id} cluster={data} drivers={sources} tunnelFields={tunnel} />}
            </QueryView>
          )}
        </QueryView>
      </ForRole>
    </>
  );
}

interface EditFormProps {
  readonly cluster: Cluster;
  readonly drivers: readonly SourceDescription[];
  readonly tunnelFields: readonly DriverField[];
}

function EditForm({ cluster: live, drivers, tunnelFields }: EditFormProps) {
  const { t } = useText();
  // What others change meanwhile must not turn what was left as it is here into a change back.
  const [cluster] = useState(live);
  const navigate = route.useNavigate();
  const { name } = cluster;
  const fieldsOf = (source: string) => findDriver(drivers, source)?.options ?? [];
  const [settings, setSettings] = useState(() => settingsDraft(cluster));
  const [services, setServices] = useState(() => servicesDraft(cluster, drivers));
  const changes = [...keptServices(cluster, services, drivers), ...servicesOf(services.added, drivers)];
  const [tunnel, setTunnel] = useState(() => tunnelDraft(tunnelFields, cluster.tunnel));
  const changedTunnel = tunnelToChange(tunnel, tunnelFields, cluster.tunnel);
  const withTunnel = changedTunnel === undefined ? {} : { tunnel: changedTunnel };
  const wanted = JSON.stringify([changes, changedTunnel]);
  const [probed, setProbed] = useState<string>();
  const save = useMutation(
    api.clusters.update.mutationOptions({
      onSuccess: () => void navigate({ to: '/clusters/$name', params: { name }, search: {} }),
    }),
  );
  const fits =
    isInFlight(settings.requestsInFlight) &&
    isRate(settings.objectsPerSecond) &&
    isFolder(settings.marks.folder) &&
    areServicesFit(cluster, services, drivers) &&
    isTunnelFilled(tunnel, tunnelFields, cluster.tunnel);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fits)
      save.mutate({
        name,
        ...settingsChange(settings, settingsDraft(cluster)),
        ...withTunnel,
        ...servicesChange(cluster, services, drivers),
      });
  };
  const blame = (service: string, source: string): { readonly [field: string]: Text } => {
    const { code, params } = asOurs(save.error);
    const what = textOf(params.what ?? '').en;
    const field = blamedField(what, fieldsOf(source));
    if (code !== 'general.invalid-input' || field === undefined) return {};
    if (cluster.services.length > 1 && !what.includes(service)) return {};
    return { [field]: textOf(params.problem ?? '') };
  };
  return (
    <form onSubmit={submit}>
      <Stack maw="46rem">
        <Paper withBorder p="lg">
          <Stack>
            <EnvironmentField
              value={settings.environment}
              onChange={(environment) => setSettings({ ...settings, environment })}
            />
            <ReadOnlyField
              value={settings.readOnly}
              onChange={(readOnly) => setSettings({ ...settings, readOnly })}
            />
            <Divider label={t('clusters:marks')} labelPosition="left" />
            <MarksFields marks={settings.marks} onChange={(marks) => setSettings({ ...settings, marks })} />
            <Divider label={t('clusters:limits')} labelPosition="left" />
            <LimitsFields draft={settings} onChange={setSettings} />
          </Stack>
        </Paper>
        <Paper withBorder p="lg">
          <TunnelFields fields={tunnelFields} draft={tunnel} onChange={setTunnel} stored={cluster.tunnel} />
        </Paper>
        <EditServices
          cluster={cluster}
          drivers={drivers}
          draft={services}
          onChange={setServices}
          blame={blame}
        />
        {probed === wanted && <Probe wish={{ cluster: name, ...withTunnel, services: changes }} />}
        {save.error !== null && <ErrorPanel error={save.error} />}
        <Group justify="space-between">
          <Button variant="default" onClick={() => setProbed(wanted)} disabled={probed === wanted}>
            {t('clusters:edit.probe')}
          </Button>
          <Group gap="xs">
            <ButtonLink to="/clusters/$name" params={{ name }} variant="default">
              {t('common:cancel')}
            </ButtonLink>
            <Button type="submit" disabled={!fits} loading={save.isPending}>
              {t('clusters:edit.save')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

type Wish = Parameters<typeof client.clusters.probe>[0];

/** Tries the tunnel and the services as they would be after the change; nothing is kept. */
function Probe({ wish }: { readonly wish: Wish }) {
  const { t } = useText();
  const stream = useStream(JSON.stringify(wish), {
    open: (signal) => client.clusters.probe(wish, { signal }),
    initial: NO_CHECKS,
    reduce: collectChecks,
  });
  return (
    <Paper withBorder p="lg">
      <StreamedChecks stream={stream} text={t('clusters:help.probe')} />
    </Paper>
  );
}
