import { Button, type ButtonProps, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Run } from '../../../shared/model/run.ts';
import { api } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';

/** Ends a run cleanly, after saying what that means for it. Nothing at all for a run that is over. */
export function CancelRun({ run, size = 'sm' }: { readonly run: Run; readonly size?: ButtonProps['size'] }) {
  const { t } = useText();
  const { may } = useSession();
  const [asked, setAsked] = useState(false);
  const cancel = useMutation(api.runs.cancel.mutationOptions({ onSuccess: () => setAsked(false) }));
  if (run.state !== 'running' || !may('operator')) return null;
  return (
    <>
      <Button variant="default" {...(size === undefined ? {} : { size })} onClick={() => setAsked(true)}>
        {t('runs:cancel.action')}
      </Button>
      <Dialog opened={asked} onClose={() => setAsked(false)} title={t('runs:cancel.title')}>
        <Stack>
          <Text size="sm">{t(run.kind === 'backup' ? 'runs:cancel.backup' : 'runs:cancel.restore')}</Text>
          {cancel.error !== null && <ErrorPanel error={cancel.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsked(false)}>
              {t('runs:cancel.goOn')}
            </Button>
            <Button
              color="red"
              loading={cancel.isPending}
              onClick={() => cancel.mutate({ run: run.id })}
              data-autofocus
            >
              {t('runs:cancel.action')}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </>
  );
}
