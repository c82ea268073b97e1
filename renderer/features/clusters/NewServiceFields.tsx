import { ActionIcon, Group, Paper, Stack, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { SourceDescription } from '../../../shared/model/driver.ts';
import { OptionFields } from '../../forms/OptionFields.tsx';
import { useText } from '../../i18n/use-text.ts';
import { findDriver, type ServiceDraft } from './draft.ts';

/** A service that is being added: its name, and the form of its driver. */
export function NewServiceFields({
  service,
  drivers,
  error,
  onChange,
  onRemove,
}: {
  readonly service: ServiceDraft;
  readonly drivers: readonly SourceDescription[];
  /** What is wrong with the name. */
  readonly error?: string;
  readonly onChange: (service: ServiceDraft) => void;
  readonly onRemove: () => void;
}) {
  const { t } = useText();
  return (
    <Paper withBorder p="md" component="fieldset">
      <Stack gap="md">
        <Group justify="space-between" align="flex-end" wrap="nowrap">
          <TextInput
            label={t('clusters:field.service')}
            value={service.service}
            onChange={(event) => onChange({ ...service, service: event.currentTarget.value })}
            error={error}
            autoComplete="off"
            flex={1}
          />
          <ActionIcon
            variant="subtle"
            color="red"
            size="lg"
            aria-label={t('clusters:add.removeService', { service: service.service })}
            onClick={onRemove}
          >
            <IconTrash size={18} />
          </ActionIcon>
        </Group>
        <OptionFields
          fields={findDriver(drivers, service.source)?.options ?? []}
          values={service.values}
          onChange={(values) => onChange({ ...service, values })}
        />
      </Stack>
    </Paper>
  );
}
