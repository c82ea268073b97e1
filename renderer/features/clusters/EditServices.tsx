import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Text as BothTexts } from '../../../shared/errors/text.ts';
import type { Cluster, ClusterService } from '../../../shared/model/cluster.ts';
import type { SourceDescription } from '../../../shared/model/driver.ts';
import { api } from '../../connection/client.ts';
import { OptionFields } from '../../forms/OptionFields.tsx';
import { useText } from '../../i18n/use-text.ts';
import { TextLink } from '../../ui/links.tsx';
import { AddServiceButtons } from './AddServiceButtons.tsx';
import { findDriver } from './draft.ts';
import { NewServiceFields } from './NewServiceFields.tsx';
import { ServiceTitle } from './ServiceTitle.tsx';
import { isTaken, type ServicesDraft, withAdded } from './services-draft.ts';

export interface EditServicesProps {
  readonly cluster: Cluster;
  readonly drivers: readonly SourceDescription[];
  readonly draft: ServicesDraft;
  readonly onChange: (draft: ServicesDraft) => void;
  /** What the host says against a field of a service. */
  readonly blame: (service: string, source: string) => { readonly [field: string]: BothTexts };
}

/** The services that a cluster has, to be changed or taken out, and those that are to come. */
export function EditServices(props: EditServicesProps) {
  const { t } = useText();
  const { cluster, drivers, draft, onChange } = props;
  const tasks = useQuery(api.tasks.list.queryOptions({ input: {} }));
  const usedBy = (name: string) =>
    (tasks.data ?? [])
      .filter(
        ({ task }) => task.cluster === cluster.id && task.sources.some(({ service }) => service === name),
      )
      .map(({ task }) => task.name);
  return (
    <>
      {cluster.services.map((service) => (
        <SavedService key={service.service} {...props} service={service} usedBy={usedBy(service.service)} />
      ))}
      {draft.added.map((service) => (
        <NewServiceFields
          key={service.key}
          service={service}
          drivers={drivers}
          {...(isTaken(cluster, draft, service) ? { error: t('clusters:edit.serviceTaken') } : {})}
          onChange={(changed) =>
            onChange({
              ...draft,
              added: draft.added.map((each) => (each.key === changed.key ? changed : each)),
            })
          }
          onRemove={() => onChange({ ...draft, added: draft.added.filter(({ key }) => key !== service.key) })}
        />
      ))}
      <Stack gap="xs">
        <Text size="sm" fw={500}>
          {t('clusters:edit.addService')}
        </Text>
        <AddServiceButtons
          drivers={drivers}
          onAdd={(driver) => onChange(withAdded(draft, cluster, driver))}
        />
      </Stack>
    </>
  );
}

function SavedService({
  cluster,
  service: { service, source, options },
  usedBy,
  drivers,
  draft,
  onChange,
  blame,
}: EditServicesProps & { readonly service: ClusterService; readonly usedBy: readonly string[] }) {
  const { t } = useText();
  const driver = findDriver(drivers, source);
  const goes = draft.removed.includes(service);
  const removed = goes ? draft.removed.filter((each) => each !== service) : [...draft.removed, service];
  const isLast = cluster.services.length - draft.removed.length + draft.added.length === 1;
  return (
    <Paper withBorder p="lg">
      <Stack>
        <Group justify="space-between">
          <ServiceTitle order={2} service={service} driver={driver} />
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t(goes ? 'clusters:edit.keepOne' : 'clusters:add.removeService', { service })}
            disabled={!goes && (usedBy.length > 0 || isLast)}
            onClick={() => onChange({ ...draft, removed })}
          >
            {t(goes ? 'clusters:edit.keep' : 'clusters:edit.take')}
          </Button>
        </Group>
        {usedBy.length > 0 && <UsedBy tasks={usedBy} />}
        {goes ? (
          <Text size="sm">{t('clusters:edit.goes')}</Text>
        ) : (
          <OptionFields
            fields={driver?.options ?? []}
            values={draft.values[service] ?? {}}
            onChange={(changed) => onChange({ ...draft, values: { ...draft.values, [service]: changed } })}
            errors={blame(service, source)}
            stored={options}
          />
        )}
      </Stack>
    </Paper>
  );
}

/** A service that is backed up stays until its tasks no longer do that. */
function UsedBy({ tasks }: { readonly tasks: readonly string[] }) {
  const { t } = useText();
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed">
        {t('clusters:edit.usedBy')}
      </Text>
      {tasks.map((name) => (
        <TextLink key={name} to="/tasks/$name/edit" params={{ name }}>
          {name}
        </TextLink>
      ))}
    </Group>
  );
}
