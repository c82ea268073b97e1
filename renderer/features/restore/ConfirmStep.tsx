import { Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { restoreCommand } from '../../../shared/command/restore.ts';
import type { RestorePlan } from '../../../shared/model/plan.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { CommandLines } from '../../ui/CommandLines.tsx';
import { EnvironmentBadge } from '../../ui/EnvironmentBadge.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { ToneIcon } from '../../ui/StatusBadge.tsx';
import { TargetName } from '../../ui/target/TargetName.tsx';
import { ActionCounts } from './ActionCounts.tsx';
import classes from './restore.module.css';

/** The last look: what will happen to which cluster, the way back, and its name to be typed. */
export function ConfirmStep(props: {
  readonly plan: RestorePlan;
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
  readonly error: Error | null;
}) {
  const { t } = useText();
  const { plan, typed, onTyped, error } = props;
  const command = restoreCommand(plan.order, plan.clusterName);
  return (
    <Stack gap="lg">
      <Facts facts={useOrderFacts(plan)} />
      <ActionCounts plan={plan} />
      <section className={classes.wayBack}>
        <ToneIcon tone="good" size={20} />
        <div>
          <Title order={3} size="h6">
            {t('restore:undo.title')}
          </Title>
          <Text size="sm">{t('restore:undo.text')}</Text>
        </div>
      </section>
      <TextInput
        label={t('common:confirm.type', { name: plan.clusterName })}
        description={t('restore:confirm.help')}
        value={typed}
        onChange={(event) => onTyped(event.currentTarget.value)}
        // Enter in the field is not meant for the button: only the button starts a restore.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        autoComplete="off"
        spellCheck={false}
        maw={420}
      />
      {error !== null && <ErrorPanel error={error} />}
      <CommandLines command={command} />
    </Stack>
  );
}

function useOrderFacts({ order, clusterName, services }: RestorePlan) {
  const { t } = useText();
  const { from, select, into, mode } = order;
  return [
    [t('restore:field.from'), <TargetName key="from" target={from} />],
    [t('restore:field.cluster'), <ClusterName key="cluster" name={clusterName} />],
    [t('restore:field.services'), services.map(({ service }) => service).join(', ')],
    [
      t('restore:field.selection'),
      select.length === 0 ? t('restore:selection.everything') : select.join(', '),
    ],
    ...(into === undefined ? [] : [[t('restore:target.into'), into] as const]),
    [t('restore:target.mode'), t(from.of === 'undo' ? 'restore:mode.undo' : `restore:mode.${mode}`)],
  ] as const;
}

function ClusterName({ name }: { readonly name: string }) {
  const cluster = useQuery(api.clusters.show.queryOptions({ input: { name } }));
  return (
    <Group gap="xs">
      <b>{name}</b>
      {cluster.data !== undefined && <EnvironmentBadge environment={cluster.data.environment} />}
    </Group>
  );
}
