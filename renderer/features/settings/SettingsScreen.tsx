import { IconSettings } from '@tabler/icons-react';
import { useText } from '../../i18n/use-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';

export function SettingsScreen() {
  const { t } = useText();
  return (
    <>
      <PageHeader title={t('settings:title')} description={t('settings:description')} />
      <EmptyState icon={IconSettings} title={t('settings:empty.title')} text={t('settings:empty.text')} />
    </>
  );
}
