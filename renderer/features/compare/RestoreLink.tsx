import { targetText } from '../../../shared/command/target.ts';
import type { Key } from '../../../shared/order/key.ts';
import { keyPattern, parseKeyPath } from '../../../shared/order/key-path.ts';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import { ButtonLink } from '../../ui/links.tsx';
import type { Subject } from '../../ui/target/subject.ts';
import { restoreFrom } from './restore-from.ts';

/** Leads operators to the restore of what is compared: everything below the prefix, or one entry. */
export function RestoreLink({
  left,
  right,
  prefix,
  entry,
}: {
  readonly left: Subject;
  readonly right: Subject;
  readonly prefix?: string | undefined;
  readonly entry?: Key;
}) {
  const { t } = useText();
  const { may } = useSession();
  const restore = restoreFrom(left.target, right.target);
  if (restore === undefined || !may('operator')) return null;
  const key = entry ?? parseKeyPath(prefix ?? '/');
  const search = {
    from: targetText(restore.from),
    select: key.length === 0 ? [] : [keyPattern(key)],
    ...(restore.to === undefined ? {} : { to: restore.to }),
  };
  return (
    <ButtonLink
      to="/restore"
      search={search}
      {...(entry === undefined ? {} : { size: 'compact-sm', variant: 'default' })}
    >
      {t(entry === undefined ? 'compare:restoreThese' : 'compare:restoreThis')}
    </ButtonLink>
  );
}
