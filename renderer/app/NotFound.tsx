import { IconMapOff } from '@tabler/icons-react';
import { useText } from '../i18n/use-text.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';

/** For addresses that lead nowhere. */
export function NotFound() {
  const { t } = useText();
  return (
    <>
      <PageHeader title={t('shell:notFound.title')} />
      <EmptyState icon={IconMapOff} title={t('shell:notFound.heading')} text={t('shell:notFound.text')}>
        <ButtonLink to="/">{t('shell:notFound.home')}</ButtonLink>
      </EmptyState>
    </>
  );
}
