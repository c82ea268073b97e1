import { targetText } from '../../../shared/command/target.ts';
import type { Run } from '../../../shared/model/run.ts';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import { ButtonLink } from '../../ui/links.tsx';
import { isResumable } from './words.ts';

/**
 * What a restore can be followed by, on the screen of restores: from there it goes on, and there its report is. Taking it
 * back is a restore from the undo point that it took. Nothing for backups.
 */
export function RestoreActions({ run }: { readonly run: Run }) {
  const { t } = useText();
  const { may } = useSession();
  if (run.kind === 'backup') return null;
  const resumable = isResumable(run) && may('operator');
  return (
    <>
      {run.state !== 'running' && may('operator') && (
        <ButtonLink
          to="/restore"
          search={{ from: targetText({ of: 'undo', run: run.id }) }}
          variant="default"
        >
          {t('runs:undo')}
        </ButtonLink>
      )}
      <ButtonLink to="/restore" search={{ run: run.id }} variant={resumable ? 'filled' : 'default'}>
        {t(resumable ? 'runs:resume' : 'runs:report')}
      </ButtonLink>
    </>
  );
}
