import { Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Cluster } from '../../../../shared/model/cluster.ts';
import { name as nameSchema } from '../../../../shared/model/identifier.ts';
import { api } from '../../../connection/client.ts';
import { useText } from '../../../i18n/use-text.ts';
import { EnvironmentBadge } from '../../../ui/EnvironmentBadge.tsx';
import { ButtonLink } from '../../../ui/links.tsx';
import { withCluster } from './draft.ts';
import type { StepProps } from './wizard-props.ts';

/** What the task is called and which cluster it backs up; neither can be changed later. */
export function ClusterStep(
  props: StepProps & { readonly clusters: readonly Cluster[]; readonly saved: boolean },
) {
  const { t } = useText();
  const { draft, drivers, clusters, saved } = props;
  const storages = useQuery(api.storages.list.queryOptions({ input: {} })).data ?? [];
  const tasks = useQuery(api.tasks.list.queryOptions({ input: {} })).data ?? [];
  const chosen = clusters.find(({ name }) => name === draft.cluster);
  const taken = !saved && tasks.some(({ task }) => task.name === draft.name.trim());
  const wrong = draft.name !== '' && !nameSchema.safeParse(draft.name.trim()).success;
  if (clusters.length === 0) {
    return (
      <Stack align="flex-start">
        <Text size="sm">{t('tasks:wizard.noClusters')}</Text>
        <ButtonLink to="/clusters/new" search={{}}>
          {t('clusters:add.title')}
        </ButtonLink>
      </Stack>
    );
  }
  return (
    <Stack>
      <TextInput
        label={t('tasks:field.name')}
        description={t('tasks:help.name')}
        placeholder="nightly"
        withAsterisk
        disabled={saved}
        value={draft.name}
        onChange={(event) => props.onChange({ ...draft, name: event.currentTarget.value })}
        error={taken ? t('tasks:help.nameTaken') : wrong ? t('clusters:nameInvalid') : undefined}
        autoComplete="off"
        spellCheck={false}
      />
      <NativeSelect
        label={t('tasks:field.cluster')}
        withAsterisk
        disabled={saved}
        value={draft.cluster}
        onChange={(event) => {
          const cluster = clusters.find(({ name }) => name === event.currentTarget.value);
          if (cluster === undefined) return props.onChange({ ...draft, cluster: '', sources: [] });
          const names = storages.map(({ name }) => name);
          props.onChange(withCluster(draft, cluster, drivers.sources, names));
        }}
        data={[{ value: '', label: t('tasks:wizard.chooseCluster') }, ...clusters.map(({ name }) => name)]}
      />
      {chosen !== undefined && (
        <Group gap="sm">
          <EnvironmentBadge environment={chosen.environment} />
          <Text size="sm" c="dimmed">
            {chosen.services.map(({ service }) => service).join(', ')}
          </Text>
        </Group>
      )}
    </Stack>
  );
}
