import { IconRestore } from '@tabler/icons-react';
import { useText } from '../../i18n/use-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';

export function PointsScreen() {
  const { t } = useText();
  return (
    <>
      <PageHeader title={t('points:title')} description={t('points:description')} />
      <EmptyState icon={IconRestore} title={t('points:empty.title')} text={t('points:empty.text')} />
    </>
  );
}
