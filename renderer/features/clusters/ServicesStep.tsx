import { Divider, Stack, Text } from '@mantine/core';
import type { DriverField, SourceDescription } from '../../../shared/model/driver.ts';
import { useText } from '../../i18n/use-text.ts';
import { AddServiceButtons } from './AddServiceButtons.tsx';
import { type ClusterDraft, type ServiceDraft, withService } from './draft.ts';
import { NewServiceFields } from './NewServiceFields.tsx';
import { TunnelFields } from './TunnelFields.tsx';

/** The services of a new cluster, each with the form of its driver. */
export function ServicesStep({
  draft,
  drivers,
  tunnelFields,
  onChange,
}: {
  readonly draft: ClusterDraft;
  readonly drivers: readonly SourceDescription[];
  readonly tunnelFields: readonly DriverField[];
  readonly onChange: (draft: ClusterDraft) => void;
}) {
  const { t } = useText();
  const change = (changed: ServiceDraft) =>
    onChange({
      ...draft,
      services: draft.services.map((each) => (each.key === changed.key ? changed : each)),
    });
  const remove = (key: number) =>
    onChange({ ...draft, services: draft.services.filter((each) => each.key !== key) });
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('clusters:help.services')}
      </Text>
      {draft.services.map((service) => (
        <NewServiceFields
          key={service.key}
          service={service}
          drivers={drivers}
          onChange={change}
          onRemove={() => remove(service.key)}
        />
      ))}
      <AddServiceButtons drivers={drivers} onAdd={(driver) => onChange(withService(draft, driver))} />
      <Divider label={t('clusters:tunnel.title')} labelPosition="left" />
      <TunnelFields
        fields={tunnelFields}
        draft={draft.tunnel}
        onChange={(tunnel) => onChange({ ...draft, tunnel })}
      />
    </Stack>
  );
}
