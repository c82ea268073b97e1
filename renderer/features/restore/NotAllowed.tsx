import { IconLock } from '@tabler/icons-react';
import { useText } from '../../i18n/use-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ButtonLink } from '../../ui/links.tsx';

/** For viewers: a plan alone puts load on the cluster. */
export function NotAllowed() {
  const { t } = useText();
  return (
    <EmptyState icon={IconLock} title={t('restore:viewer.title')} text={t('restore:viewer.text')}>
      <ButtonLink to="/points" search={{}} variant="default">
        {t('restore:viewer.points')}
      </ButtonLink>
    </EmptyState>
  );
}
