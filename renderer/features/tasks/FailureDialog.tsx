import { Modal } from '@mantine/core';
import { useText } from '../../i18n/use-text.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';

/** Why something that was asked for at once could not be done. */
export function FailureDialog(props: { readonly error: Error | null; readonly onClose: () => void }) {
  const { t } = useText();
  return (
    <Modal
      opened={props.error !== null}
      onClose={props.onClose}
      title={t('tasks:failed')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {props.error !== null && <ErrorPanel error={props.error} />}
    </Modal>
  );
}
