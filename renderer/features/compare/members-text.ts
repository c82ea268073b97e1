import { useCallback } from 'react';
import { printable } from '../../../shared/report/printable.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { useText } from '../../i18n/use-text.ts';

const MEMBERS: { readonly [member: string]: MessageKey } = {
  data: 'compare:member.data',
  acl: 'compare:member.acl',
  configs: 'compare:member.configs',
  values: 'compare:member.configs',
  partitions: 'compare:member.partitions',
  replicas: 'compare:member.replicas',
};

/** Says in words which members of an entry differ. */
export function useMembersText(): (members: readonly string[]) => string {
  const { t, locale } = useText();
  return useCallback(
    (members) => {
      const list = new Intl.ListFormat(locale, { type: 'conjunction' });
      return list.format(
        members.map((member) => {
          const key = MEMBERS[member];
          return key === undefined ? printable(member) : t(key);
        }),
      );
    },
    [t, locale],
  );
}
