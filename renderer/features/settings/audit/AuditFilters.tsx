import { Group, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { LOCAL_USER } from '../../../../shared/contract/session.ts';
import { auditOutcome } from '../../../../shared/model/audit.ts';
import { api } from '../../../connection/client.ts';
import { useText } from '../../../i18n/use-text.ts';
import { withChosen } from '../../../ui/with-chosen.ts';
import type { SettingsSearch } from '../search.ts';
import { AUDITED_NOUNS } from './audit-filter.ts';

const route = getRouteApi('/settings');

/** What the audit log is narrowed to; it stands in the address. */
export function AuditFilters({ search }: { readonly search: SettingsSearch }) {
  const { t } = useText();
  const navigate = route.useNavigate();
  const users = useQuery(api.users.list.queryOptions({ input: {} }));
  const narrow = (change: SettingsSearch) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const all = { value: '', label: t('access:audit.all') };
  const names = [LOCAL_USER, ...(users.data?.users ?? []).map(({ name }) => name)];
  return (
    <Group gap="sm">
      <NativeSelect
        label={t('access:audit.user')}
        value={search.user ?? ''}
        onChange={(event) => narrow({ user: event.currentTarget.value || undefined })}
        data={[all, ...withChosen(names, search.user)]}
      />
      <NativeSelect
        label={t('access:audit.about')}
        value={search.action ?? ''}
        onChange={(event) => narrow({ action: event.currentTarget.value || undefined })}
        data={[
          all,
          ...AUDITED_NOUNS.map((value) => ({ value, label: t(`access:audit.noun.${nounKey(value)}`) })),
          ...(AUDITED_NOUNS.some((noun) => noun === search.action) || search.action === undefined
            ? []
            : [search.action]),
        ]}
      />
      <NativeSelect
        label={t('access:audit.outcome')}
        value={search.outcome ?? ''}
        onChange={(event) => narrow({ outcome: auditOutcome.safeParse(event.currentTarget.value).data })}
        data={[
          all,
          ...auditOutcome.options.map((value) => ({ value, label: t(`access:audit.outcomes.${value}`) })),
        ]}
      />
      <TextInput
        type="date"
        label={t('access:audit.from')}
        value={search.from ?? ''}
        onChange={(event) => narrow({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        label={t('access:audit.to')}
        value={search.to ?? ''}
        onChange={(event) => narrow({ to: event.currentTarget.value || undefined })}
      />
    </Group>
  );
}

function nounKey(noun: (typeof AUDITED_NOUNS)[number]) {
  if (noun === 'sign-in') return 'signIn';
  return noun === 'sign-out' ? 'signOut' : noun;
}
