import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useSession } from '../connection/use-session.ts';
import { useText } from '../i18n/use-text.ts';
import { EmptyState } from './EmptyState.tsx';

/** What the host refuses to lower roles: they come here by an address alone, and are told so before they fill in a form. */
export function ForRole({
  least,
  children,
}: {
  readonly least: 'operator' | 'admin';
  readonly children: ReactNode;
}) {
  const { t } = useText();
  const { may } = useSession();
  if (may(least)) return children;
  return <EmptyState icon={IconLock} title={t('common:forRole.title')} text={t(`common:forRole.${least}`)} />;
}
