import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { fromReport } from '../../../shared/contract/reported.ts';
import type { Run } from '../../../shared/model/run.ts';
import { api } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import { ConfirmByName } from '../../ui/ConfirmByName.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { SealedPanel } from '../../ui/target/SealedPanel.tsx';
import { isSealed } from '../../ui/target/sealed.ts';
import { useSubject } from '../../ui/target/subject.ts';
import { isResumable, lacksWayBack } from './going-on.ts';

interface GoOnProps {
  readonly run: Run;
  /** Text of the target that it restores from. */
  readonly from: string;
  /** The run goes on: it is to be followed anew. */
  readonly onResumed: () => void;
}

/** Goes on with a restore that stopped: as it was, with what opens the archive, or without a full way back. */
export function GoOn({ run, from, onResumed }: GoOnProps) {
  const { t } = useText();
  const { may } = useSession();
  const subject = useSubject(from);
  const [accepting, setAccepting] = useState(false);
  const resume = useMutation(
    api.restores.resume.mutationOptions({
      onSuccess: () => {
        setAccepting(false);
        onResumed();
      },
    }),
  );
  if (!isResumable(run) || !may('operator')) return null;
  const opening = subject?.opening === undefined ? {} : { opening: subject.opening };
  const sealed = run.error !== undefined && isSealed(fromReport(run.error));
  const error = resume.error ?? undefined;
  if (sealed && run.error !== undefined && subject?.opening === undefined) {
    return <SealedPanel texts={[from]} error={fromReport(run.error)} />;
  }
  if (isSealed(error)) return <SealedPanel texts={[from]} error={error} />;
  return (
    <>
      {error !== undefined && !accepting && <ErrorPanel error={error} />}
      <Group>
        <Button loading={resume.isPending} onClick={() => resume.mutate({ run: run.id, ...opening })}>
          {t('restore:run.resume')}
        </Button>
        {lacksWayBack(run) && may('admin') && (
          <Button variant="default" onClick={() => setAccepting(true)}>
            {t('restore:accept.open')}
          </Button>
        )}
        <Text size="sm" c="dimmed">
          {t('restore:run.resumeHelp')}
        </Text>
      </Group>
      <ConfirmByName
        opened={accepting}
        title={t('restore:accept.title')}
        name={run.id.slice(0, 8)}
        action={t('restore:accept.action')}
        busy={resume.isPending}
        error={resume.error}
        onConfirm={() => resume.mutate({ run: run.id, ...opening, acceptIncompleteUndo: true })}
        onClose={() => setAccepting(false)}
      >
        {t('restore:accept.text')}
      </ConfirmByName>
    </>
  );
}
