import { PasswordInput } from '@mantine/core';
import { SHORTEST_PASSWORD } from '../../../../shared/contract/session.ts';
import { useText } from '../../../i18n/use-text.ts';

interface Passwords {
  readonly password: string;
  readonly again: string;
}

/** A new password, twice. */
export function PasswordFields<T extends Passwords>({
  draft,
  onChange,
  label,
}: {
  readonly draft: T;
  readonly onChange: (draft: T) => void;
  readonly label: string;
}) {
  const { t } = useText();
  const { password, again } = draft;
  return (
    <>
      <PasswordInput
        label={label}
        description={t('access:password.length', { least: SHORTEST_PASSWORD })}
        value={password}
        onChange={(event) => onChange({ ...draft, password: event.currentTarget.value })}
        autoComplete="new-password"
      />
      <PasswordInput
        label={t('access:password.again')}
        value={again}
        onChange={(event) => onChange({ ...draft, again: event.currentTarget.value })}
        error={again !== '' && again !== password && t('access:password.differs')}
        autoComplete="new-password"
      />
    </>
  );
}
