import { useMutation } from '@tanstack/react-query';
import type { KnownUser } from '../../../../shared/contract/users.ts';
import { api } from '../../../connection/client.ts';
import { useSession } from '../../../connection/use-session.ts';
import { useText } from '../../../i18n/use-text.ts';
import { ConfirmByName } from '../../../ui/ConfirmByName.tsx';

/** Asks before a user is removed. */
export function RemoveUser({
  user: { name },
  onDone,
  onClose,
}: {
  readonly user: KnownUser;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const { session } = useSession();
  const remove = useMutation(api.users.remove.mutationOptions({ onSuccess: onDone }));
  const isOwn = session?.signedIn === true && session.user === name;
  return (
    <ConfirmByName
      opened
      title={t('access:users.removeTitle', { name })}
      name={name}
      action={t('access:users.remove')}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ name })}
      onClose={onClose}
    >
      {t(isOwn ? 'access:users.removeOwn' : 'access:users.removeText')}
    </ConfirmByName>
  );
}
