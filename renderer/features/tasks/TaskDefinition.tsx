import { Paper, SimpleGrid, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { TaskView } from '../../../shared/contract/contract.ts';
import type { DriverField } from '../../../shared/model/driver.ts';
import type { TaskSource } from '../../../shared/model/task.ts';
import { api } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { useDrivers } from '../../forms/use-drivers.ts';
import { type Texts, useText } from '../../i18n/use-text.ts';
import { Facts } from '../../ui/Facts.tsx';
import { TextLink } from '../../ui/links.tsx';
import { DateTime, ScheduledTime, TimeAgo } from '../../ui/Quantity.tsx';
import { policyWords } from './policy-words.ts';
import { scheduleWords } from './schedule-words.ts';
import classes from './tasks.module.css';

/** Whose task it is, and when it runs. */
export function TaskFacts({ view }: { readonly view: TaskView }) {
  const texts = useText();
  const { t } = texts;
  const { task, clusterName } = view;
  return (
    <Paper withBorder p="lg" flex={1}>
      <Facts
        facts={[
          [
            t('tasks:field.cluster'),
            <TextLink key="cluster" to="/clusters/$name" params={{ name: clusterName }} search={{}} size="sm">
              {clusterName}
            </TextLink>,
          ],
          [t('tasks:field.services'), task.sources.map(({ service }) => service).join(', ')],
          [t('tasks:field.schedule'), scheduleWords(task.schedule, texts)],
          [t('tasks:field.policy'), policyWords(task.policy, t)],
          [t('tasks:field.created'), <DateTime key="created" at={task.created} />],
          ...(task.folder === undefined ? [] : [[t('tasks:field.folder'), task.folder] as const]),
        ]}
      />
    </Paper>
  );
}

/** What it backs up of each service, where to, and how that is protected. */
export function TaskSources({ view }: { readonly view: TaskView }) {
  const { task, clusterName } = view;
  const sources = useDrivers().data?.sources;
  const cluster = useQuery(api.clusters.show.queryOptions({ input: { name: clusterName } })).data;
  const fieldsOf = (service: string) => {
    const driver = cluster?.services.find((each) => each.service === service)?.source;
    return sources?.find(({ id }) => id === driver)?.selection ?? NO_FIELDS;
  };
  return (
    <SimpleGrid cols={2} spacing="md">
      {task.sources.map((source) => (
        <SourceFacts key={source.service} source={source} fields={fieldsOf(source.service)} />
      ))}
    </SimpleGrid>
  );
}

const NO_FIELDS: readonly DriverField[] = [];

function SourceFacts(props: { readonly source: TaskSource; readonly fields: readonly DriverField[] }) {
  const { source, fields } = props;
  const { t, pick, format } = useText();
  const storages = useQuery(api.storages.list.queryOptions({ input: {} })).data;
  const { may } = useSession();
  const keys = useQuery({
    ...api.keys.list.queryOptions({ input: {}, retry: false }),
    enabled: may('admin') && (source.key !== undefined || source.signer !== undefined),
  }).data;
  const keyName = (id: string) => keys?.find((key) => key.id === id)?.name ?? id.slice(0, 16);
  const storage = storages?.find(({ id }) => id === source.storage)?.name;
  const sealed = [
    ...(source.key === undefined ? [] : [t('tasks:sealed.key', { key: keyName(source.key) })]),
    ...(source.passphrase === true ? [t('tasks:sealed.passphrase')] : []),
  ];
  const facts: (readonly [string, ReactNode])[] = [
    ...selectionFacts(source, fields, { t, pick }),
    [
      t('tasks:field.storage'),
      storage === undefined ? (
        (source.unknownStorage?.name ?? '—')
      ) : (
        <TextLink key="storage" to="/storages/$name" params={{ name: storage }} search={{}} size="sm">
          {source.directory === '' ? storage : `${storage}: ${source.directory}`}
        </TextLink>
      ),
    ],
    [t('tasks:field.copies'), format.number(source.maximumCopies)],
    [
      t('tasks:field.sealed'),
      sealed.length > 0 ? sealed.join(', ') : t(source.consent ? 'tasks:sealed.consent' : 'tasks:sealed.no'),
    ],
    [t('tasks:field.signed'), source.signer === undefined ? t('tasks:signed.no') : keyName(source.signer)],
  ];
  return (
    <Paper withBorder p="lg" component="section">
      <Title order={2} size="h6" mb="xs">
        {source.service}
      </Title>
      {source.unknownStorage !== undefined && (
        <Text size="sm" c="var(--mantine-color-error)" mb="xs">
          {t('tasks:unknownStorage', { storage: source.unknownStorage.name })}
        </Text>
      )}
      <Facts facts={facts} />
    </Paper>
  );
}

/** What is selected, in the driver's words; empty lists say nothing. */
function selectionFacts(
  { selection }: TaskSource,
  fields: readonly DriverField[],
  { t, pick }: Pick<Texts, 't' | 'pick'>,
): readonly (readonly [string, string])[] {
  return Object.entries(selection)
    .filter(([, value]) => !Array.isArray(value) || value.length > 0)
    .map(([name, value]) => {
      const field = fields.find((each) => each.name === name);
      const label = field === undefined ? name : pick(field.label);
      if (Array.isArray(value)) return [label, value.join(', ')];
      return [label, typeof value === 'boolean' ? t(value ? 'common:yes' : 'common:no') : String(value)];
    });
}

/** The next five runs. */
export function NextRuns({ view }: { readonly view: TaskView }) {
  const { t } = useText();
  return (
    <Paper withBorder p="lg" flex={1}>
      <Title order={2} size="h6" mb="xs">
        {t('tasks:nextRuns')}
      </Title>
      {view.next.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t(view.task.paused ? 'tasks:nextPaused' : 'tasks:nextManual')}
        </Text>
      ) : (
        <ol className={classes.next}>
          {view.next.map((at) => (
            <li key={at}>
              <ScheduledTime at={at} />
              <Text span size="xs" c="dimmed">
                <TimeAgo at={at} />
              </Text>
            </li>
          ))}
        </ol>
      )}
    </Paper>
  );
}
