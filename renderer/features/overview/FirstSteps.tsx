import { Code, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconArchive, IconFlask, IconServer2 } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import { ButtonLink } from '../../ui/links.tsx';
import classes from './overview.module.css';

/** With nothing configured: the three ways to begin. */
export function FirstSteps() {
  const { t } = useText();
  const { may } = useSession();
  return (
    <Stack gap="lg">
      <Text maw="46rem">{t('overview:first.welcome')}</Text>
      <SimpleGrid cols={3}>
        <Way
          icon={IconServer2}
          title={t('overview:first.cluster.title')}
          text={t('overview:first.cluster.text')}
        >
          {may('admin') && <ButtonLink to="/clusters/new">{t('overview:addCluster')}</ButtonLink>}
        </Way>
        <Way
          icon={IconArchive}
          title={t('overview:first.archive.title')}
          text={t('overview:first.archive.text')}
        >
          <ButtonLink to="/explore" variant="default">
            {t('overview:first.archive.action')}
          </ButtonLink>
        </Way>
        <Way icon={IconFlask} title={t('overview:first.demo.title')} text={t('overview:first.demo.text')}>
          <Code>npm run demo</Code>
        </Way>
      </SimpleGrid>
    </Stack>
  );
}

function Way(props: {
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}) {
  return (
    <Paper withBorder p="lg">
      <Stack gap="xs" h="100%" align="flex-start">
        <span className={classes.wayIcon} aria-hidden>
          <props.icon size={28} stroke={1.5} />
        </span>
        <Title order={2} size="h5">
          {props.title}
        </Title>
        <Text size="sm" c="dimmed" flex={1}>
          {props.text}
        </Text>
        {props.children}
      </Stack>
    </Paper>
  );
}
