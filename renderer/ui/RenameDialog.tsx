import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { renameCommand } from '../../shared/command/rename.ts';
import { name as nameSchema } from '../../shared/model/identifier.ts';
import { useText } from '../i18n/use-text.ts';
import { CommandButton } from './CommandButton.tsx';
import { Dialog } from './Dialog.tsx';
import { ErrorPanel } from './ErrorPanel.tsx';

export interface RenameDialogProps {
  readonly kind: 'cluster' | 'storage' | 'task';
  readonly name: string;
  readonly rename: UseMutationResult<
    { readonly untold: readonly string[] },
    Error,
    { readonly name: string; readonly as: string }
  >;
  /** The new name counts, and the person has seen what there is to say about it. */
  readonly onDone: (name: string) => void;
  readonly onClose: () => void;
}

/** Asks for another name, and tells which storages do not know it yet. */
export function RenameDialog({ kind, name, rename, onDone, onClose }: RenameDialogProps) {
  const { t } = useText();
  const [typed, setTyped] = useState(name);
  const as = typed.trim();
  const isName = nameSchema.safeParse(as).success;
  const fits = isName && as !== name;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!fits || rename.isPending) return;
    const onSuccess = ({ untold }: { readonly untold: readonly string[] }) => {
      if (untold.length === 0) onDone(as);
    };
    rename.mutate({ name, as }, { onSuccess });
  };
  const untold = rename.data?.untold ?? [];
  return (
    <Dialog
      opened
      onClose={untold.length > 0 ? () => onDone(as) : onClose}
      title={t('common:rename.title', { name })}
      size="lg"
    >
      {untold.length > 0 ? (
        <Stack>
          <Text size="sm">{t('common:rename.untold', { storages: untold.join(', ') })}</Text>
          <Group justify="flex-end">
            <Button onClick={() => onDone(as)} data-autofocus>
              {t('common:close')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={submit}>
          <Stack>
            <Text size="sm">{t(`common:rename.text.${kind}`)}</Text>
            <TextInput
              label={t('common:rename.as')}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              error={as !== '' && !isName && t('common:rename.invalid')}
              autoComplete="off"
              spellCheck={false}
              data-autofocus
            />
            {rename.error !== null && <ErrorPanel error={rename.error} />}
            <Group justify="space-between">
              <CommandButton command={renameCommand(kind, name, as)} />
              <Group gap="xs">
                <Button variant="default" onClick={onClose}>
                  {t('common:cancel')}
                </Button>
                <Button type="submit" disabled={!fits} loading={rename.isPending}>
                  {t('common:rename.action')}
                </Button>
              </Group>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
