import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { setUserCommand } from '../../../../shared/command/user.ts';
import { api } from '../../../connection/client.ts';
import { connection } from '../../../connection/connection.ts';
import { useText } from '../../../i18n/use-text.ts';
import { CommandButton } from '../../../ui/CommandButton.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PasswordFields } from './PasswordFields.tsx';
import { isNewPassword } from './user-draft.ts';

/** Changes the password of who is signed in, who then signs in by it. */
export function PasswordDialog({ user, onClose }: { readonly user: string; readonly onClose: () => void }) {
  const { t } = useText();
  const [draft, setDraft] = useState({ current: '', password: '', again: '' });
  const change = useMutation(
    api.users.changePassword.mutationOptions({ onSuccess: () => connection.signOut() }),
  );
  const fits = draft.current !== '' && isNewPassword(draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fits && !change.isPending) change.mutate({ current: draft.current, password: draft.password });
  };
  return (
    <Dialog opened onClose={onClose} title={t('access:password.change')} size="lg">
      <form onSubmit={submit}>
        <Stack>
          <PasswordInput
            label={t('access:password.current')}
            value={draft.current}
            onChange={(event) => setDraft({ ...draft, current: event.currentTarget.value })}
            autoComplete="current-password"
            data-autofocus
          />
          <PasswordFields draft={draft} onChange={setDraft} label={t('access:password.new')} />
          <Text size="sm">{t('access:password.signsOut')}</Text>
          {change.error !== null && <ErrorPanel error={change.error} />}
          <Group justify="space-between">
            <CommandButton command={setUserCommand(user, undefined, true)} />
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                {t('common:cancel')}
              </Button>
              <Button type="submit" disabled={!fits} loading={change.isPending}>
                {t('access:password.submit')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
