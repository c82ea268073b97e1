import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Run } from '../../../shared/model/run.ts';
import { api } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';

/** Stops a running restore between two changes, after saying what that leaves behind. */
export function CancelRestore({ run }: { readonly run: Run }) {
  const { t } = useText();
  const { may } = useSession();
  const [asked, setAsked] = useState(false);
  const cancel = useMutation(api.runs.cancel.mutationOptions({ onSuccess: () => setAsked(false) }));
  if (run.state !== 'running' || !may('operator')) return null;
  const close = () => setAsked(false);
  return (
    <>
      <Button variant="default" onClick={() => setAsked(true)}>
        {t('restore:cancel.action')}
      </Button>
      <Dialog opened={asked} onClose={close} title={t('restore:cancel.title')}>
        <Stack>
          <Text size="sm">{t('restore:cancel.text')}</Text>
          {cancel.error !== null && <ErrorPanel error={cancel.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {t('restore:cancel.goOn')}
            </Button>
            <Button color="red" loading={cancel.isPending} onClick={() => cancel.mutate({ run: run.id })}>
              {t('restore:cancel.action')}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </>
  );
}
