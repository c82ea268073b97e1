import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { ConfirmByName } from '../../ui/ConfirmByName.tsx';

/** Forgets a task once its name is typed; its recovery points stay. */
export function RemoveTask(props: {
  readonly name: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const navigate = useNavigate();
  const remove = useMutation(
    api.tasks.remove.mutationOptions({ onSuccess: () => void navigate({ to: '/tasks', search: {} }) }),
  );
  return (
    <ConfirmByName
      opened={props.opened}
      title={t('tasks:remove.title')}
      name={props.name}
      action={t('tasks:remove.action')}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ name: props.name })}
      onClose={props.onClose}
    >
      {t('tasks:remove.text')}
    </ConfirmByName>
  );
}
