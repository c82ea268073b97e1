import { useText } from '../../i18n/use-text.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';

/** Why something that was asked for at once could not be done. */
export function FailureDialog(props: { readonly error: Error | null; readonly onClose: () => void }) {
  const { t } = useText();
  return (
    <Dialog opened={props.error !== null} onClose={props.onClose} title={t('tasks:failed')}>
      {props.error !== null && <ErrorPanel error={props.error} />}
    </Dialog>
  );
}
