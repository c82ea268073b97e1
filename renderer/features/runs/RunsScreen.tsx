import { IconHistory } from '@tabler/icons-react';
import { useText } from '../../i18n/use-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';

export function RunsScreen() {
  const { t } = useText();
  return (
    <>
      <PageHeader title={t('runs:title')} description={t('runs:description')} />
      <EmptyState icon={IconHistory} title={t('runs:empty.title')} text={t('runs:empty.text')} />
    </>
  );
}
