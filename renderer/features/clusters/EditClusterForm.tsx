import { Button, Divider, Group, Paper, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { asOurs } from '../../../shared/contract/reported.ts';
import { type Text, textOf } from '../../../shared/errors/text.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import { api, client } from '../../connection/client.ts';
import { useStream } from '../../connection/use-stream.ts';
import { blamedField } from '../../forms/form-model.ts';
import { useText } from '../../i18n/use-text.ts';
import { CommandLines } from '../../ui/CommandLines.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { collectChecks, NO_CHECKS, StreamedChecks } from '../../ui/StreamedChecks.tsx';
import { type ClusterForms, clusterChange, clusterChangeCommand } from './cluster-change.ts';
import { findDriver } from './draft.ts';
import { EditServices } from './EditServices.tsx';
import { LimitsFields } from './LimitsFields.tsx';
import { MarksFields } from './MarksFields.tsx';
import { isFolder } from './marks-draft.ts';
import { EnvironmentField, ReadOnlyField } from './NameStep.tsx';
import { areServicesFit, keptServices, servicesDraft } from './services-draft.ts';
import { isInFlight, isRate, settingsDraft } from './settings-draft.ts';
import { TunnelFields } from './TunnelFields.tsx';
import { isTunnelFilled, tunnelDraft } from './tunnel-draft.ts';

/** Everything of a cluster, to be changed: what is left as it is stays, stored secrets too. */
export function EditClusterForm({ cluster: live, ...forms }: ClusterForms & { readonly cluster: Cluster }) {
  const { t } = useText();
  // What others change meanwhile must not turn what was left as it is here into a change back.
  const [cluster] = useState(live);
  const navigate = useNavigate();
  const { drivers, tunnelFields } = forms;
  const { name } = cluster;
  const fieldsOf = (source: string) => findDriver(drivers, source)?.options ?? [];
  const [settings, setSettings] = useState(() => settingsDraft(cluster));
  const [services, setServices] = useState(() => servicesDraft(cluster, drivers));
  const [tunnel, setTunnel] = useState(() => tunnelDraft(tunnelFields, cluster.tunnel));
  const change = clusterChange(cluster, { settings, services, tunnel }, forms);
  const command = clusterChangeCommand(cluster, change, forms);
  const wish = {
    cluster: name,
    ...(change.tunnel === undefined ? {} : { tunnel: change.tunnel }),
    services: [...keptServices(cluster, services, drivers), ...change.addServices],
  };
  const wanted = JSON.stringify(wish);
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
    if (fits) save.mutate(change);
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
        {fits && command !== '' && (
          <Paper withBorder p="lg">
            <CommandLines command={command} />
          </Paper>
        )}
        {probed === wanted && <Probe wish={wish} />}
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
