import { Modal, type ModalProps } from '@mantine/core';
import { useId } from 'react';
import { useText } from '../i18n/use-text.ts';

/**
 * A dialog over the page. One that is opened out of another stands in front of it, alone takes the keys, and gives
 * them back when it is closed; `DialogStack` around the page sees to that.
 */
export function Dialog(props: Omit<ModalProps, 'stackId' | 'closeButtonProps'>) {
  const { t } = useText();
  return <Modal {...props} stackId={useId()} closeButtonProps={{ 'aria-label': t('common:close') }} />;
}

export const DialogStack = Modal.Stack;
