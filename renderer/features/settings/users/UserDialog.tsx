import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { addUserCommand, setUserCommand } from '../../../../shared/command/user.ts';
import { ROLES } from '../../../../shared/contract/session.ts';
import type { KnownUser } from '../../../../shared/contract/users.ts';
import { api } from '../../../connection/client.ts';
import { useSession } from '../../../connection/use-session.ts';
import { useText } from '../../../i18n/use-text.ts';
import { CommandButton } from '../../../ui/CommandButton.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PasswordFields } from './PasswordFields.tsx';
import { type UserDraft, userChange, userDraft, userToAdd } from './user-draft.ts';

export interface UserDialogProps {
  /** Absent: a user is added. */
  readonly user?: KnownUser;
  /** The user stays admin, whatever else changes. */
  readonly isLastAdmin?: boolean;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Adds a user, or changes role and password of one. */
export function UserDialog({ user, isLastAdmin = false, onDone, onClose }: UserDialogProps) {
  const { t } = useText();
  const { session } = useSession();
  const [draft, setDraft] = useState(() => userDraft(user));
  const add = useMutation(api.users.add.mutationOptions({ onSuccess: onDone }));
  const update = useMutation(api.users.update.mutationOptions({ onSuccess: onDone }));
  const call = user === undefined ? add : update;
  const added = user === undefined ? userToAdd(draft) : undefined;
  const change = user === undefined ? undefined : userChange(user, draft);
  const nothing = added === undefined && change === undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (call.isPending) return;
    if (added !== undefined) add.mutate(added);
    if (change !== undefined) update.mutate(change);
  };
  const isOwn = session?.signedIn === true && session.user === user?.name;
  return (
    <Dialog
      opened
      onClose={onClose}
      title={
        user === undefined ? t('access:users.addTitle') : t('access:users.changeTitle', { name: user.name })
      }
      size="lg"
    >
      <form onSubmit={submit}>
        <Stack>
          {user === undefined && (
            <TextInput
              label={t('access:users.name')}
              description={t('access:users.nameHelp')}
              value={draft.name}
              onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value.toLowerCase() })}
              autoComplete="off"
              spellCheck={false}
              data-autofocus
            />
          )}
          <RoleField draft={draft} onChange={setDraft} isLastAdmin={isLastAdmin} />
          <PasswordFields
            draft={draft}
            onChange={setDraft}
            label={t(user === undefined ? 'access:password.label' : 'access:password.orKeep')}
          />
          {user !== undefined && (
            <Text size="sm">{t(isOwn ? 'access:users.endsOwn' : 'access:users.endsSessions')}</Text>
          )}
          {call.error !== null && <ErrorPanel error={call.error} />}
          <Group justify="space-between">
            {nothing ? (
              <span />
            ) : (
              <CommandButton
                command={
                  user === undefined
                    ? addUserCommand(draft.name, draft.role)
                    : setUserCommand(
                        user.name,
                        draft.role === user.role ? undefined : draft.role,
                        draft.password !== '',
                      )
                }
              />
            )}
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                {t('common:cancel')}
              </Button>
              <Button type="submit" disabled={nothing} loading={call.isPending}>
                {t(user === undefined ? 'access:users.add' : 'access:users.save')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function RoleField({
  draft,
  onChange,
  isLastAdmin,
}: {
  readonly draft: UserDraft;
  readonly onChange: (draft: UserDraft) => void;
  readonly isLastAdmin: boolean;
}) {
  const { t } = useText();
  return (
    <Radio.Group
      label={t('settings:session.role')}
      description={isLastAdmin ? t('access:users.lastAdmin') : undefined}
      value={draft.role}
      onChange={(value) => onChange({ ...draft, role: ROLES.find((each) => each === value) ?? draft.role })}
    >
      <Stack gap="xs" mt="xs">
        {ROLES.map((role) => (
          <Radio
            key={role}
            value={role}
            label={t(`settings:role.${role}`)}
            description={t(`settings:roleMay.${role}`)}
            disabled={isLastAdmin}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
