import { Button, Group, Input, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { addStorageCommand } from '../../../shared/command/storage.ts';
import type { StorageDescription } from '../../../shared/model/driver.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { CommandLines } from '../../ui/CommandLines.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { blamedFields } from '../blame.ts';
import { OptionFields } from '../OptionFields.tsx';
import { AccountNote } from './AccountNote.tsx';
import { StorageProbe } from './StorageChecks.tsx';
import { draftFor, isStorageFilled, storageOf } from './storage-draft.ts';

export interface NewStorageFormProps {
  readonly drivers: readonly StorageDescription[];
  readonly onAdded: (storage: StorageConfig) => void;
  readonly onCancel: () => void;
}

/** Adds a storage by its driver's form; whoever wants tries it before. */
export function NewStorageForm({ drivers, onAdded, onCancel }: NewStorageFormProps) {
  const [first] = drivers;
  return first === undefined ? null : (
    <Form drivers={drivers} first={first} onAdded={onAdded} onCancel={onCancel} />
  );
}

function Form({ drivers, first, onAdded, onCancel }: NewStorageFormProps & { first: StorageDescription }) {
  const { t, pick } = useText();
  const [draft, setDraft] = useState(() => draftFor(first));
  const [probed, setProbed] = useState<string>();
  const driver = drivers.find(({ id }) => id === draft.driver) ?? first;
  const storage = storageOf(draft, driver);
  const filled = isStorageFilled(draft, driver);
  const add = useMutation(api.storages.add.mutationOptions({ onSuccess: onAdded }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The form may stand in a dialog over another form: React passes events on to that one.
    event.stopPropagation();
    if (filled && !add.isPending) add.mutate(storage);
  };
  const wanted = JSON.stringify([storage.driver, storage.options]);
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('storages:field.name')}
          description={t('storages:help.name')}
          withAsterisk
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
        />
        <Input.Wrapper
          label={t('storages:field.driver')}
          labelElement="div"
          description={pick(driver.summary)}
        >
          <SegmentedControl
            my={4}
            style={{ display: 'flex', width: 'fit-content' }}
            aria-label={t('storages:field.driver')}
            value={draft.driver}
            onChange={(id) => setDraft(draftFor(drivers.find((each) => each.id === id) ?? first, draft.name))}
            data={drivers.map(({ id, label }) => ({ value: id, label: pick(label) }))}
          />
        </Input.Wrapper>
        <OptionFields
          key={driver.id}
          fields={driver.options}
          values={draft.values}
          onChange={(values) => setDraft({ ...draft, values })}
          errors={blamedFields(add.error, driver.options)}
        />
        <AccountNote driver={driver} />
        {probed !== undefined && probed === wanted && <StorageProbe storage={storage} />}
        {add.error !== null && <ErrorPanel error={add.error} />}
        {filled && <CommandLines command={addStorageCommand({ ...storage, fields: driver.options })} />}
        <Group justify="space-between">
          <Button variant="default" disabled={!filled} onClick={() => setProbed(wanted)}>
            {t('storages:probe.action')}
          </Button>
          <Group gap="xs">
            <Button variant="subtle" color="gray" onClick={onCancel}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" disabled={!filled} loading={add.isPending}>
              {t('storages:add.finish')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
