import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../connection/client.ts';
import { RenameDialog } from '../../ui/RenameDialog.tsx';

/** Gives the task another name, and goes to it. */
export function RenameTask({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const rename = useMutation(api.tasks.rename.mutationOptions({}));
  const done = (as: string) => {
    onClose();
    void navigate({ to: '/tasks/$name', params: { name: as }, search: {} });
  };
  return <RenameDialog kind="task" name={name} rename={rename} onDone={done} onClose={onClose} />;
}
