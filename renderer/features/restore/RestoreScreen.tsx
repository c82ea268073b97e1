import { getRouteApi } from '@tanstack/react-router';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { NotAllowed } from './NotAllowed.tsx';
import { RestoreRun } from './RestoreRun.tsx';
import { RestoreWizard } from './RestoreWizard.tsx';

const route = getRouteApi('/restore');

/** The wizard that restores, or the restore that it started: its address says which. */
export function RestoreScreen() {
  const { t } = useText();
  const { may } = useSession();
  const { run } = route.useSearch();
  if (run !== undefined) return <RestoreRun key={run} id={run} />;
  if (may('operator')) return <RestoreWizard />;
  return (
    <>
      <PageHeader title={t('restore:title')} description={t('restore:description')} />
      <NotAllowed />
    </>
  );
}
