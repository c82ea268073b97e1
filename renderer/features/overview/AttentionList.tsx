import { Group, Text } from '@mantine/core';
import type { Attention } from '../../../shared/report/attention.ts';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import { TextLink } from '../../ui/links.tsx';
import { TimeAgo } from '../../ui/Quantity.tsx';
import { ToneIcon } from '../../ui/StatusBadge.tsx';
import classes from './overview.module.css';
import { Section } from './Section.tsx';

/** What has to be looked at; says so too when there is nothing. */
export function AttentionList({ found }: { readonly found: readonly Attention[] }) {
  const { t } = useText();
  return (
    <Section title={t('overview:attention.title')}>
      <ul className={classes.attention}>
        {found.length === 0 && (
          <li>
            <ToneIcon tone="good" size={18} />
            <Text size="sm">{t('overview:attention.none')}</Text>
          </li>
        )}
        {found.map((each) => (
          <li key={JSON.stringify(each)}>
            <ToneIcon tone={each.kind === 'unprotected' || each.kind === 'full' ? 'warn' : 'bad'} size={18} />
            <AttentionText attention={each} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function AttentionText({ attention }: { readonly attention: Attention }) {
  const { t, format } = useText();
  const { may } = useSession();
  switch (attention.kind) {
    case 'overdue':
      return (
        <Group gap={6} align="baseline">
          <TaskLink task={attention.task} />
          <span>{t('overview:attention.overdue', { cluster: attention.cluster })}</span>
          <Text span c="dimmed" inherit>
            <TimeAgo at={attention.since} />
          </Text>
        </Group>
      );
    case 'failed':
      return (
        <Group gap={6} align="baseline">
          <TaskLink task={attention.task} />
          <span>{t('overview:attention.failed', { cluster: attention.cluster })}</span>
          <Text span c="dimmed" inherit>
            <TimeAgo at={attention.at} />
          </Text>
          <TextLink to="/runs/$id" params={{ id: attention.run }} search={{}}>
            {t('overview:attention.run')}
          </TextLink>
        </Group>
      );
    case 'unprotected':
      return (
        <Group gap={6} align="baseline">
          <TextLink to="/clusters/$name" params={{ name: attention.cluster }}>
            {attention.cluster}
          </TextLink>
          <span>{t('overview:attention.unprotected', { service: attention.service })}</span>
          {may('admin') && (
            <TextLink to="/tasks/new" search={{ cluster: attention.cluster }}>
              {t('overview:attention.protect')}
            </TextLink>
          )}
        </Group>
      );
    case 'full':
      return (
        <Group gap={6} align="baseline">
          <TextLink to="/storages/$name" params={{ name: attention.storage }} search={{}}>
            {attention.storage}
          </TextLink>
          <span>{t('overview:attention.full', { free: format.bytes(attention.free) })}</span>
        </Group>
      );
  }
}

function TaskLink({ task }: { readonly task: string }) {
  return (
    <TextLink to="/tasks/$name" params={{ name: task }} search={{}}>
      {task}
    </TextLink>
  );
}
