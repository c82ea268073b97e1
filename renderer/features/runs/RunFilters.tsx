import { Group, NativeSelect } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { runKind, runState } from '../../../shared/model/run.ts';
import { useText } from '../../i18n/use-text.ts';
import { withChosen } from '../../ui/with-chosen.ts';
import type { RunsSearch } from './search.ts';
import { useNames } from './use-names.ts';

const route = getRouteApi('/runs');

/** What the list is narrowed to; it stands in the address. */
export function RunFilters({ search }: { readonly search: RunsSearch }) {
  const { t } = useText();
  const navigate = route.useNavigate();
  const names = useNames();
  const narrow = (change: RunsSearch) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const all = { value: '', label: t('runs:filter.all') };
  return (
    <Group gap="sm">
      <NativeSelect
        label={t('runs:field.kind')}
        value={search.kind ?? ''}
        onChange={(event) => narrow({ kind: runKind.safeParse(event.currentTarget.value).data })}
        data={[all, ...runKind.options.map((value) => ({ value, label: t(`common:runKind.${value}`) }))]}
      />
      <NativeSelect
        label={t('runs:field.state')}
        value={search.state ?? ''}
        onChange={(event) => narrow({ state: runState.safeParse(event.currentTarget.value).data })}
        data={[all, ...runState.options.map((value) => ({ value, label: t(`common:runState.${value}`) }))]}
      />
      <NativeSelect
        label={t('runs:field.task')}
        value={search.task ?? ''}
        onChange={(event) => narrow({ task: event.currentTarget.value || undefined })}
        data={[all, ...withChosen(names.tasks, search.task)]}
      />
      <NativeSelect
        label={t('runs:field.cluster')}
        value={search.cluster ?? ''}
        onChange={(event) => narrow({ cluster: event.currentTarget.value || undefined })}
        data={[all, ...withChosen(names.clusters, search.cluster)]}
      />
    </Group>
  );
}
