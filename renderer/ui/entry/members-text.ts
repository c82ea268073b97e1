import { useCallback } from 'react';
import { printable } from '../../../shared/report/printable.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { useText } from '../../i18n/use-text.ts';

const MEMBERS: { readonly [member: string]: MessageKey } = {
  data: 'entry:member.data',
  acl: 'entry:member.acl',
  configs: 'entry:member.configs',
  values: 'entry:member.configs',
  partitions: 'entry:member.partitions',
  replicas: 'entry:member.replicas',
  nextSequence: 'entry:member.nextSequence',
  level: 'entry:member.level',
  verifier: 'entry:member.verifier',
};

/** Says in words which members of an entry differ, or are changed. */
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
