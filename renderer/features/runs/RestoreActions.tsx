import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { targetText } from '../../../shared/command/target.ts';
import type { Run } from '../../../shared/model/run.ts';
import { api } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { isResumable } from './words.ts';

const route = getRouteApi('/runs/$id');

/** To the restore from the undo point that this run took; nothing for backups and while it runs. */
export function UndoLink({ run }: { readonly run: Run }) {
  const { t } = useText();
  const { may } = useSession();
  if (run.kind === 'backup' || run.state === 'running' || !may('operator')) return null;
  return (
    <ButtonLink to="/restore" search={{ from: targetText({ of: 'undo', run: run.id }) }} variant="default">
      {t('runs:undo')}
    </ButtonLink>
  );
}

/** Goes on with a restore where its journal ends. */
export function ResumeRun({ run }: { readonly run: Run }) {
  const { t } = useText();
  const { may } = useSession();
  const navigate = route.useNavigate();
  const resume = useMutation(
    api.restores.resume.mutationOptions({
      onSuccess: ({ id }) => void navigate({ to: '/runs/$id', params: { id }, search: {} }),
    }),
  );
  if (!isResumable(run) || !may('operator')) return null;
  return (
    <>
      {resume.error !== null && <ErrorPanel error={resume.error} />}
      <Button loading={resume.isPending} onClick={() => resume.mutate({ run: run.id })}>
        {t('runs:resume')}
      </Button>
    </>
  );
}
