import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keyCommand } from '../../../shared/command/key.ts';
import type { KeyPurpose } from '../../../shared/contract/contract.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';

/** What is done with a key; a key that is rotated keeps its name and purpose. */
export interface KeyTask {
  readonly verb: 'create' | 'import' | 'rotate';
  readonly name?: string;
  readonly purpose?: KeyPurpose;
}

/** Asks for name, purpose and file of a key, and says afterwards where it is kept. */
export function KeyDialog({
  task,
  onClose,
}: {
  readonly task: KeyTask | undefined;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const verb = task?.verb ?? 'create';
  const [name, setName] = useState(task?.name ?? '');
  const [purpose, setPurpose] = useState<KeyPurpose>(task?.purpose ?? 'sealing');
  const [file, setFile] = useState('');
  const calls = {
    create: useMutation(api.keys.create.mutationOptions({})),
    import: useMutation(api.keys.import.mutationOptions({})),
    rotate: useMutation(api.keys.rotate.mutationOptions({})),
  };
  const { mutate, isPending, error, data } = calls[verb];
  const filled = name.trim() !== '' && file.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (filled && !isPending) mutate({ name: name.trim(), file: file.trim(), purpose });
  };
  return (
    <Dialog opened={task !== undefined} onClose={onClose} title={t(`settings:keys.dialog.${verb}`)} size="lg">
      {data !== undefined ? (
        <Stack>
          <Text size="sm">{t(`settings:keys.done.${verb}`, { name: data.name, file })}</Text>
          <Group justify="flex-end">
            <Button onClick={onClose} data-autofocus>
              {t('common:close')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={submit}>
          <Stack>
            <Text size="sm">{t(`settings:keys.text.${verb}`)}</Text>
            <TextInput
              label={t('settings:keys.name')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              disabled={task?.name !== undefined}
              autoComplete="off"
              spellCheck={false}
              data-autofocus
            />
            {task?.purpose === undefined && (
              <Radio.Group
                label={t('settings:keys.purpose')}
                value={purpose}
                onChange={(value) => setPurpose(value === 'signing' ? 'signing' : 'sealing')}
              >
                <Stack gap="xs" mt="xs">
                  <Radio
                    value="sealing"
                    label={t('settings:keys.purposes.sealing')}
                    description={t('settings:keys.sealingHelp')}
                  />
                  <Radio
                    value="signing"
                    label={t('settings:keys.purposes.signing')}
                    description={t('settings:keys.signingHelp')}
                  />
                </Stack>
              </Radio.Group>
            )}
            <TextInput
              label={t('settings:keys.file')}
              description={t(verb === 'import' ? 'settings:keys.fileThere' : 'settings:keys.fileMade')}
              placeholder="/media/usb/main.key"
              value={file}
              onChange={(event) => setFile(event.currentTarget.value)}
              autoComplete="off"
              spellCheck={false}
            />
            {error !== null && <ErrorPanel error={error} />}
            <Group justify="space-between">
              <CommandButton command={keyCommand(verb, { name, file, purpose })} />
              <Group gap="xs">
                <Button variant="default" onClick={onClose}>
                  {t('common:cancel')}
                </Button>
                <Button type="submit" disabled={!filled} loading={isPending}>
                  {t(`settings:keys.${verb}`)}
                </Button>
              </Group>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
