import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { Dialog } from './Dialog.tsx';
import { ErrorPanel } from './ErrorPanel.tsx';
import { isTypedName } from './typed-name.ts';

export interface ConfirmByNameProps {
  readonly opened: boolean;
  readonly title: string;
  /** What will happen, and what will not. */
  readonly children: ReactNode;
  /** What has to be typed: the name of the cluster, task or storage. */
  readonly name: string;
  /** The verb on the button. */
  readonly action: string;
  readonly busy: boolean;
  readonly error?: Error | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks for the name before something that cannot be taken back, so that nobody does it to the wrong one. */
export function ConfirmByName(props: ConfirmByNameProps) {
  const { t } = useText();
  const [typed, setTyped] = useState('');
  const fits = isTypedName(typed, props.name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fits && !props.busy) props.onConfirm();
  };
  return (
    <Dialog
      opened={props.opened}
      onClose={props.onClose}
      onExitTransitionEnd={() => setTyped('')}
      title={props.title}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm" component="div">
            {props.children}
          </Text>
          <TextInput
            label={t('common:confirm.type', { name: props.name })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
          {props.error !== undefined && props.error !== null && <ErrorPanel error={props.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" color="red" disabled={!fits} loading={props.busy}>
              {props.action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
