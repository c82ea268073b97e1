import { Box, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { printable } from '../../shared/report/printable.ts';
import { CommandButton } from './CommandButton.tsx';
import classes from './page.module.css';

export interface PageHeaderProps {
  readonly title: string;
  readonly description?: string;
  /** Signs beside the title: badges. */
  readonly badges?: ReactNode;
  /** Buttons at the right, the most important last. */
  readonly actions?: ReactNode;
  /** The command line that shows or does the same. */
  readonly command?: string;
  /** A link above the title, back to where this belongs. */
  readonly back?: ReactNode;
}

/** The head of every screen. Its title takes the focus when the screen is entered. */
export function PageHeader({ title, description, badges, actions, command, back }: PageHeaderProps) {
  return (
    <Group justify="space-between" align="flex-start" gap="md" wrap="nowrap" className={classes.header ?? ''}>
      <Box miw={0}>
        {back !== undefined && <div className={classes.back}>{back}</div>}
        <Group gap="sm">
          <Title order={1} size="h3" tabIndex={-1} data-page-title className={classes.title ?? ''}>
            {printable(title)}
          </Title>
          {badges}
        </Group>
        {description !== undefined && (
          <Text size="sm" c="dimmed" maw="46rem">
            {description}
          </Text>
        )}
      </Box>
      <Group gap="xs" wrap="nowrap" className={classes.actions ?? ''}>
        {command !== undefined && <CommandButton command={command} />}
        {actions}
      </Group>
    </Group>
  );
}
