import { IconArrowBackUp } from '@tabler/icons-react';
import { useText } from '../../i18n/use-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';

export function RestoreScreen() {
  const { t } = useText();
  return (
    <>
      <PageHeader title={t('restore:title')} description={t('restore:description')} />
      <EmptyState icon={IconArrowBackUp} title={t('restore:empty.title')} text={t('restore:empty.text')} />
    </>
  );
}
