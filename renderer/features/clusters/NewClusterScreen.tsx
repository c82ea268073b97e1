import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { addClusterCommand } from '../../../shared/command/cluster.ts';
import type { DriverField, SourceDescription } from '../../../shared/model/driver.ts';
import { name as nameSchema } from '../../../shared/model/identifier.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { ForRole } from '../../ui/ForRole.tsx';
import { TextLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { Wizard } from '../../ui/Wizard.tsx';
import { areServicesFilled, EMPTY_DRAFT, servicesOf } from './draft.ts';
import { isFolder, marksOf } from './marks-draft.ts';
import { NameStep } from './NameStep.tsx';
import { ServicesStep } from './ServicesStep.tsx';
import { SummaryStep } from './SummaryStep.tsx';
import type { NewClusterStep } from './search.ts';
import { TestStep } from './TestStep.tsx';
import { isTunnelFilled, tunnelDraft, tunnelToAdd } from './tunnel-draft.ts';

/** The wizard that adds a cluster: name, services by their drivers' forms, a real test, summary. */
export function NewClusterScreen() {
  const { t } = useText();
  const drivers = useQuery(api.drivers.list.queryOptions({ input: {}, staleTime: Number.POSITIVE_INFINITY }));
  return (
    <>
      <PageHeader
        title={t('clusters:add.title')}
        back={<TextLink to="/clusters">{t('clusters:title')}</TextLink>}
      />
      <ForRole least="admin">
        <QueryView query={drivers} loading={<LoadingPanel height={320} />}>
          {({ sources, tunnel }) => <ClusterWizard drivers={sources} tunnelFields={tunnel} />}
        </QueryView>
      </ForRole>
    </>
  );
}

const route = getRouteApi('/clusters/new');

interface ClusterWizardProps {
  readonly drivers: readonly SourceDescription[];
  readonly tunnelFields: readonly DriverField[];
}

function ClusterWizard({ drivers, tunnelFields }: ClusterWizardProps) {
  const { t } = useText();
  const navigate = route.useNavigate();
  const [draft, setDraft] = useState(() => ({ ...EMPTY_DRAFT, tunnel: tunnelDraft(tunnelFields) }));
  const asked = route.useSearch().step;
  // Who opens a later step by its address has no draft yet.
  const step = draft.name === '' ? 'name' : (asked ?? 'name');
  const services = useMemo(() => servicesOf(draft.services, drivers), [draft, drivers]);
  const add = useMutation(
    api.clusters.add.mutationOptions({
      onSuccess: ({ name }) => void navigate({ to: '/clusters/$name', params: { name }, search: {} }),
    }),
  );
  const { name, environment, readOnly } = draft;
  const tunnel = useMemo(() => tunnelToAdd(draft.tunnel, tunnelFields), [draft, tunnelFields]);
  const definition = { name, environment, readOnly, ...marksOf(draft.marks) };
  const command = addClusterCommand(
    definition,
    services.map((service) => ({
      ...service,
      fields: drivers.find(({ id }) => id === service.source)?.options ?? [],
    })),
    tunnel && { fields: tunnelFields, options: tunnel },
  );
  return (
    <Wizard
      current={step}
      onStep={(id) => void navigate({ search: { step: id as NewClusterStep } })}
      onCancel={() => void navigate({ to: '/clusters', search: {} })}
      onFinish={() => add.mutate({ ...definition, services, ...(tunnel === undefined ? {} : { tunnel }) })}
      finish={t('clusters:add.finish')}
      busy={add.isPending}
      steps={[
        {
          id: 'name',
          title: t('clusters:add.name'),
          ready: nameSchema.safeParse(name).success && isFolder(draft.marks.folder),
          content: <NameStep draft={draft} onChange={setDraft} />,
        },
        {
          id: 'services',
          title: t('clusters:add.services'),
          ready:
            draft.services.length > 0 &&
            areServicesFilled(draft.services, drivers) &&
            isTunnelFilled(draft.tunnel, tunnelFields, undefined),
          content: (
            <ServicesStep draft={draft} drivers={drivers} tunnelFields={tunnelFields} onChange={setDraft} />
          ),
        },
        {
          id: 'test',
          title: t('clusters:add.test'),
          content: <TestStep draft={draft} tunnel={tunnel} services={services} onChange={setDraft} />,
        },
        {
          id: 'summary',
          title: t('clusters:add.summary'),
          content: <SummaryStep draft={draft} command={command} error={add.error} />,
        },
      ]}
    />
  );
}
