import { IconPlayerPlay } from '@tabler/icons-react';
import { useText } from '../../i18n/use-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';

export function TasksScreen() {
  const { t } = useText();
  return (
    <>
      <PageHeader title={t('tasks:title')} description={t('tasks:description')} />
      <EmptyState icon={IconPlayerPlay} title={t('tasks:empty.title')} text={t('tasks:empty.text')} />
    </>
  );
}
