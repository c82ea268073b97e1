import { IconArrowsDiff } from '@tabler/icons-react';
import { useText } from '../../i18n/use-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';

export function CompareScreen() {
  const { t } = useText();
  return (
    <>
      <PageHeader title={t('compare:title')} description={t('compare:description')} />
      <EmptyState icon={IconArrowsDiff} title={t('compare:empty.title')} text={t('compare:empty.text')} />
    </>
  );
}
