import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';

/** A task like this one under another name, opened when it is there. */
export function CloneTask(props: {
  readonly name: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const navigate = useNavigate();
  const [as, setAs] = useState('');
  const clone = useMutation(
    api.tasks.clone.mutationOptions({
      onSuccess: ({ task }) => void navigate({ to: '/tasks/$name', params: { name: task.name }, search: {} }),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (as.trim() !== '') clone.mutate({ name: props.name, as: as.trim() });
  };
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={t('tasks:clone.title')}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">{t('tasks:clone.text', { name: props.name })}</Text>
          <TextInput
            label={t('tasks:field.name')}
            value={as}
            onChange={(event) => setAs(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
          {clone.error !== null && <ErrorPanel error={clone.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" disabled={as.trim() === ''} loading={clone.isPending}>
              {t('tasks:clone.action')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
