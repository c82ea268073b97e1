import { ActionIcon, Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { SourceDescription } from '../../../shared/model/driver.ts';
import { OptionFields } from '../../forms/OptionFields.tsx';
import { useText } from '../../i18n/use-text.ts';
import { type ClusterDraft, findDriver, type ServiceDraft, withService } from './draft.ts';

/** The services of a new cluster, each with the form of its driver. */
export function ServicesStep({
  draft,
  drivers,
  onChange,
}: {
  readonly draft: ClusterDraft;
  readonly drivers: readonly SourceDescription[];
  readonly onChange: (draft: ClusterDraft) => void;
}) {
  const { t, pick } = useText();
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
        <Paper key={service.key} withBorder p="md" component="fieldset">
          <Stack gap="md">
            <Group justify="space-between" align="flex-end" wrap="nowrap">
              <TextInput
                label={t('clusters:field.service')}
                value={service.service}
                onChange={(event) => change({ ...service, service: event.currentTarget.value })}
                autoComplete="off"
                flex={1}
              />
              <ActionIcon
                variant="subtle"
                color="red"
                size="lg"
                aria-label={t('clusters:add.removeService', { service: service.service })}
                onClick={() => remove(service.key)}
              >
                <IconTrash size={18} />
              </ActionIcon>
            </Group>
            <OptionFields
              fields={findDriver(drivers, service.source)?.options ?? []}
              values={service.values}
              onChange={(values) => change({ ...service, values })}
            />
          </Stack>
        </Paper>
      ))}
      <Group>
        {drivers.map((driver) => (
          <Button
            key={driver.id}
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={() => onChange(withService(draft, driver))}
          >
            {pick(driver.label)}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}
