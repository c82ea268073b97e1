import { useQuery } from '@tanstack/react-query';
import { targetText } from '../../../shared/command/target.ts';
import type { Run } from '../../../shared/model/run.ts';
import { api } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import { ButtonLink } from '../../ui/links.tsx';

/** To the plan that takes this restore back; only where it changed something and was not taken back before. */
export function UndoLink({ run }: { readonly run: Run }) {
  const { t } = useText();
  const { may } = useSession();
  const report = useQuery(api.restores.report.queryOptions({ input: { run: run.id } }));
  const takenBack = report.data?.undoneBy !== undefined;
  const changed = report.data?.services.some(({ undo }) => undo !== undefined) === true;
  if (!changed || takenBack || !may('operator')) return null;
  return (
    <ButtonLink
      to="/restore"
      search={{ from: targetText({ of: 'undo', run: run.id }), step: 'plan' }}
      variant="default"
    >
      {t('restore:run.undo')}
    </ButtonLink>
  );
}
