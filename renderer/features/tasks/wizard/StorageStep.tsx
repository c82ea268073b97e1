import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../connection/client.ts';
import { NewStorageForm } from '../../../forms/storage/NewStorageForm.tsx';
import { StorageValidation } from '../../../forms/storage/StorageChecks.tsx';
import { useText } from '../../../i18n/use-text.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import classes from '../tasks.module.css';
import { type SourceDraft, takenSources, withNewStorage, withPlace } from './draft.ts';
import type { StepProps } from './wizard-props.ts';

/** Where the archives of each service go; a storage can be added and tried on the way. */
export function StorageStep({ draft, drivers, onChange }: StepProps) {
  const { t } = useText();
  const queries = useQueryClient();
  const storages = useQuery(api.storages.list.queryOptions({ input: {} })).data ?? [];
  const [adding, setAdding] = useState(false);
  const [validated, setValidated] = useState<string>();
  const taken = takenSources(draft);
  const used = [...new Set(taken.map(({ storage }) => storage).filter((name) => name !== ''))];
  const added = (name: string) => {
    setAdding(false);
    void queries.invalidateQueries({ queryKey: api.storages.key() });
    onChange(withNewStorage(draft, name));
    setValidated(name);
  };
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('tasks:help.storage')}
      </Text>
      {taken.map((source) => (
        <SourceStorage
          key={source.service}
          source={source}
          storages={storages.map(({ name }) => name)}
          onChange={(change) => onChange(withPlace(draft, source.service, change))}
        />
      ))}
      <Group gap="xs">
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
          {t('storages:add.title')}
        </Button>
        {used.map((name) => (
          <Button key={name} variant="default" onClick={() => setValidated(name)}>
            {t('tasks:wizard.validate', { storage: name })}
          </Button>
        ))}
      </Group>
      {validated !== undefined && <StorageValidation key={validated} name={validated} />}
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t('storages:add.title')} size="xl">
        <NewStorageForm
          drivers={drivers.storages}
          onAdded={({ name }) => added(name)}
          onCancel={() => setAdding(false)}
        />
      </Dialog>
    </Stack>
  );
}

function SourceStorage(props: {
  readonly source: SourceDraft;
  readonly storages: readonly string[];
  readonly onChange: (place: Partial<Pick<SourceDraft, 'storage' | 'directory'>>) => void;
}) {
  const { t } = useText();
  const { source, storages, onChange } = props;
  return (
    <fieldset className={classes.fieldset}>
      <Text size="sm" fw={600} mb="xs" component="legend" px={6}>
        {source.service}
      </Text>
      <Group grow align="flex-start">
        <NativeSelect
          label={t('tasks:field.storage')}
          withAsterisk
          value={source.storage}
          onChange={(event) => onChange({ storage: event.currentTarget.value })}
          data={[{ value: '', label: t('tasks:wizard.chooseStorage') }, ...storages]}
        />
        <TextInput
          label={t('tasks:field.directory')}
          placeholder={t('tasks:help.directory')}
          value={source.directory}
          onChange={(event) => onChange({ directory: event.currentTarget.value })}
          autoComplete="off"
          spellCheck={false}
        />
      </Group>
    </fieldset>
  );
}
