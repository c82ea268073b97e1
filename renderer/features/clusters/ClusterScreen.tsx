import { Button, Paper, Stack, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { commandLine } from '../../../shared/command/command.ts';
import { targetText } from '../../../shared/command/target.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import { tunnelText } from '../../../shared/model/tunnel.ts';
import { api, client } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { useStream } from '../../connection/use-stream.ts';
import { useText } from '../../i18n/use-text.ts';
import { ClosablePanel } from '../../ui/ClosablePanel.tsx';
import { ColourDot } from '../../ui/ClusterName.tsx';
import { ConfirmByName } from '../../ui/ConfirmByName.tsx';
import { EnvironmentBadge } from '../../ui/EnvironmentBadge.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { ButtonLink, TextLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { DateTime } from '../../ui/Quantity.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { collectChecks, NO_CHECKS, StreamedChecks } from '../../ui/StreamedChecks.tsx';
import { IdentityPanel } from './IdentityPanel.tsx';
import { ReadOnlySwitch } from './ReadOnlySwitch.tsx';
import { RenameCluster } from './RenameCluster.tsx';
import { ServicePanel } from './ServicePanel.tsx';

const route = getRouteApi('/clusters/$name');

/** One cluster: what it is, its services, a test of its connections. */
export function ClusterScreen() {
  const { t } = useText();
  const { name } = route.useParams();
  const cluster = useQuery(api.clusters.show.queryOptions({ input: { name } }));
  return (
    <>
      <PageHeader
        title={name}
        back={<TextLink to="/clusters">{t('clusters:title')}</TextLink>}
        badges={
          cluster.data !== undefined && (
            <>
              {cluster.data.colour !== undefined && <ColourDot colour={cluster.data.colour} />}
              <EnvironmentBadge environment={cluster.data.environment} />
            </>
          )
        }
        command={commandLine(['cluster', 'show', name])}
        actions={<Actions name={name} />}
      />
      <QueryView query={cluster} loading={<LoadingPanel height={260} />}>
        {(data) => <Details cluster={data} />}
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
    api.clusters.remove.mutationOptions({ onSuccess: () => void navigate({ to: '/clusters', search: {} }) }),
  );
  return (
    <>
      {may('admin') && (
        <>
          <Button variant="default" onClick={() => setRemoving(true)}>
            {t('clusters:remove.title')}
          </Button>
          <RenameCluster name={name} />
          <ButtonLink to="/clusters/$name/edit" params={{ name }} variant="default">
            {t('clusters:edit.title')}
          </ButtonLink>
        </>
      )}
      <ButtonLink
        to="/explore"
        search={{ target: targetText({ of: 'cluster', cluster: name }) }}
        variant="default"
      >
        {t('clusters:explore')}
      </ButtonLink>
      {may('operator') && (
        <Button onClick={() => void navigate({ search: { test: true }, replace: true })}>
          {t('clusters:test')}
        </Button>
      )}
      <ConfirmByName
        opened={removing}
        title={t('clusters:remove.title')}
        name={name}
        action={t('clusters:remove.action')}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ name })}
        onClose={() => setRemoving(false)}
      >
        {t('clusters:remove.text')}
      </ConfirmByName>
    </>
  );
}

function Details({ cluster }: { readonly cluster: Cluster }) {
  const { t, format } = useText();
  const { may } = useSession();
  const { test } = route.useSearch();
  const { limits } = cluster;
  return (
    <Stack gap="lg">
      {test === true && may('operator') && <ConnectionTest name={cluster.name} />}
      <Paper withBorder p="lg">
        <Facts
          facts={[
            ...(cluster.description === undefined
              ? []
              : [[t('clusters:field.description'), cluster.description] as const]),
            ...(cluster.folder === undefined ? [] : [[t('clusters:field.folder'), cluster.folder] as const]),
            ...(cluster.tunnel === undefined
              ? []
              : [[t('clusters:field.tunnel'), tunnelText(cluster.tunnel)] as const]),
            [t('clusters:field.restores'), <ReadOnlySwitch key="readOnly" cluster={cluster} />],
            [t('clusters:field.requestsInFlight'), format.number(limits.requestsInFlight)],
            [
              t('clusters:field.objectsPerSecond'),
              limits.objectsPerSecond === undefined
                ? t('clusters:noLimit')
                : format.number(limits.objectsPerSecond),
            ],
            [t('clusters:field.created'), <DateTime key="created" at={cluster.created} />],
          ]}
        />
      </Paper>
      <Title order={2} size="h5">
        {t('clusters:field.services')}
      </Title>
      {cluster.services.map((service) => (
        <ServicePanel key={service.service} service={service} />
      ))}
      <IdentityPanel name={cluster.name} />
    </Stack>
  );
}

function ConnectionTest({ name }: { readonly name: string }) {
  const { t } = useText();
  const navigate = route.useNavigate();
  const test = useStream(name, {
    open: (signal) => client.clusters.test({ name }, { signal }),
    initial: NO_CHECKS,
    reduce: collectChecks,
  });
  return (
    <ClosablePanel title={t('clusters:test')} onClose={() => void navigate({ search: {}, replace: true })}>
      <StreamedChecks stream={test} text={t('clusters:help.test')} />
    </ClosablePanel>
  );
}
