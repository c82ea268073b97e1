import { Button, Paper, Stack, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { commandLine } from '../../../../shared/command/command.ts';
import { SERVE_OTHERS_COMMAND } from '../../../../shared/command/user.ts';
import type { KnownUser } from '../../../../shared/contract/users.ts';
import { api } from '../../../connection/client.ts';
import { useSession } from '../../../connection/use-session.ts';
import { useText } from '../../../i18n/use-text.ts';
import { CommandButton } from '../../../ui/CommandButton.tsx';
import { CommandBlock } from '../../../ui/CommandLines.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { QueryView } from '../../../ui/QueryView.tsx';
import { LoadingPanel } from '../../../ui/Skeletons.tsx';
import { SectionHead } from '../SectionHead.tsx';
import { RemoveUser } from './RemoveUser.tsx';
import { UserDialog } from './UserDialog.tsx';
import { UserTable, type UserVerb } from './UserTable.tsx';
import { isLastAdmin } from './user-draft.ts';

/** Who may sign in from other machines. */
export function UsersSection() {
  const { t } = useText();
  const { may } = useSession();
  const admin = may('admin');
  const users = useQuery(api.users.list.queryOptions({ input: {}, enabled: admin }));
  if (!admin) {
    return <EmptyState icon={IconUsers} title={t('access:users.title')} text={t('settings:adminsOnly')} />;
  }
  return (
    <QueryView query={users} loading={<LoadingPanel height={260} />}>
      {(known) => (
        <Stack gap="lg">
          {!known.servesOthers && <ServesThisMachine />}
          <Users users={known.users} />
        </Stack>
      )}
    </QueryView>
  );
}

type Asked = { readonly verb: 'add' } | { readonly verb: 'change' | 'remove'; readonly user: KnownUser };

function Users({ users }: { readonly users: readonly KnownUser[] }) {
  const { t } = useText();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Asked>();
  // The host's stream of changes tells of what the engine keeps; users are the host's own.
  const reread = useCallback(() => void queries.invalidateQueries({ queryKey: api.users.key() }), [queries]);
  const { mutate: revoke, error } = useMutation(api.users.revoke.mutationOptions({}));
  const close = () => setAsked(undefined);
  const done = () => {
    close();
    reread();
  };
  const onVerb = useCallback(
    (verb: UserVerb, user: KnownUser) => {
      if (verb === 'revoke') revoke({ name: user.name });
      else setAsked({ verb, user });
    },
    [revoke],
  );
  return (
    <Stack>
      <SectionHead title={t('access:users.title')}>
        <CommandButton command={commandLine(['user', 'list'])} />
        <Button onClick={() => setAsked({ verb: 'add' })}>{t('access:users.add')}</Button>
      </SectionHead>
      {error !== null && <ErrorPanel error={error} />}
      {users.length === 0 ? (
        <EmptyState icon={IconUsers} title={t('access:users.none')} text={t('access:users.noneText')} />
      ) : (
        <UserTable users={users} onVerb={onVerb} />
      )}
      {asked?.verb === 'add' && <UserDialog onDone={done} onClose={close} />}
      {asked?.verb === 'change' && (
        <UserDialog
          user={asked.user}
          isLastAdmin={isLastAdmin(users, asked.user)}
          onDone={done}
          onClose={close}
        />
      )}
      {asked?.verb === 'remove' && <RemoveUser user={asked.user} onDone={done} onClose={close} />}
    </Stack>
  );
}

function ServesThisMachine() {
  const { t } = useText();
  return (
    <Paper withBorder p="lg">
      <Stack gap="sm">
        <Text size="sm">{t('access:users.onlyHere')}</Text>
        <CommandBlock command={SERVE_OTHERS_COMMAND} />
      </Stack>
    </Paper>
  );
}
