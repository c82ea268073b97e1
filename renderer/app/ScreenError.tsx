import type { ErrorComponentProps } from '@tanstack/react-router';
import { useText } from '../i18n/use-text.ts';
import { ErrorPanel } from '../ui/ErrorPanel.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';

/** Stands in place of a screen that failed; the rest of the page goes on. */
export function ScreenError({ error, reset }: ErrorComponentProps) {
  const { t } = useText();
  return (
    <>
      <PageHeader title={t('shell:screenFailed')} />
      <ErrorPanel error={error} onRetry={reset} />
    </>
  );
}
