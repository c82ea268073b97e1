import { IconSearch } from '@tabler/icons-react';
import { useText } from '../../i18n/use-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';

export function ExploreScreen() {
  const { t } = useText();
  return (
    <>
      <PageHeader title={t('explore:title')} description={t('explore:description')} />
      <EmptyState icon={IconSearch} title={t('explore:empty.title')} text={t('explore:empty.text')} />
    </>
  );
}
