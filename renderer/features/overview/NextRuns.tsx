import { Text } from '@mantine/core';
import { useText } from '../../i18n/use-text.ts';
import { TextLink } from '../../ui/links.tsx';
import { ScheduledTime } from '../../ui/Quantity.tsx';
import type { NextRun } from './next-runs.ts';
import classes from './overview.module.css';
import { Section } from './Section.tsx';

/** What will start by itself, in local time. */
export function NextRuns({ runs }: { readonly runs: readonly NextRun[] }) {
  const { t } = useText();
  if (runs.length === 0) return null;
  return (
    <Section title={t('overview:next')}>
      <ul className={classes.next}>
        {runs.map(({ task, cluster, at }) => (
          <li key={`${cluster} ${task}`}>
            <ScheduledTime at={at} />
            <TextLink to="/tasks/$name" params={{ name: task }} search={{}}>
              {task}
            </TextLink>
            <Text span c="dimmed" inherit>
              {cluster}
            </Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}
