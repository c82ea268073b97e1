import { Button, Group } from '@mantine/core';
import { useMemo } from 'react';
import type { KnownUser } from '../../../../shared/contract/users.ts';
import { useSession } from '../../../connection/use-session.ts';
import { useText } from '../../../i18n/use-text.ts';
import type { Column } from '../../../ui/column.ts';
import { DataTable } from '../../../ui/DataTable.tsx';
import { TimeAgo } from '../../../ui/Quantity.tsx';
import { Tag } from '../../../ui/StatusBadge.tsx';
import { isLastAdmin } from './user-draft.ts';

export type UserVerb = 'change' | 'revoke' | 'remove';

/** Users with what can be done to each. */
export function UserTable({
  users,
  onVerb,
}: {
  readonly users: readonly KnownUser[];
  readonly onVerb: (verb: UserVerb, user: KnownUser) => void;
}) {
  const { t } = useText();
  const { session } = useSession();
  const own = session?.signedIn === true ? session.user : undefined;
  const columns = useMemo(
    (): readonly Column<KnownUser>[] => [
      {
        id: 'name',
        header: t('access:users.name'),
        width: 'minmax(8rem, 1fr)',
        cell: ({ name }) => (name === own ? t('access:users.you', { name }) : name),
      },
      {
        id: 'role',
        header: t('settings:session.role'),
        width: '7rem',
        cell: ({ role }) => <Tag>{t(`settings:role.${role}`)}</Tag>,
      },
      {
        id: 'created',
        header: t('access:users.created'),
        width: '8rem',
        cell: ({ created }) => <TimeAgo at={created} />,
      },
      {
        id: 'verbs',
        header: t('settings:keys.action'),
        width: '23rem',
        align: 'end',
        cell: (user) => (
          <Group gap="xs" wrap="nowrap" justify="flex-end">
            <Button size="compact-sm" variant="default" onClick={() => onVerb('change', user)}>
              {t('access:users.change')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => onVerb('revoke', user)}>
              {t('access:users.revoke')}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              disabled={isLastAdmin(users, user)}
              onClick={() => onVerb('remove', user)}
            >
              {t('access:users.remove')}
            </Button>
          </Group>
        ),
      },
    ],
    [t, own, users, onVerb],
  );
  return (
    <DataTable label={t('access:users.title')} columns={columns} rows={users} rowKey={({ name }) => name} />
  );
}
