import { IconClipboardCheck } from '@tabler/icons-react';
import { useText } from '../../i18n/use-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';

export function VerifyScreen() {
  const { t } = useText();
  return (
    <>
      <PageHeader title={t('verify:title')} description={t('verify:description')} />
      <EmptyState icon={IconClipboardCheck} title={t('verify:empty.title')} text={t('verify:empty.text')} />
    </>
  );
}
