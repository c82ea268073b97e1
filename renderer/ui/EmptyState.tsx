import { Group, Stack, Text, Title } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';
import classes from './page.module.css';

export interface EmptyStateProps {
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly title: string;
  /** Why there is nothing, and what would be here. */
  readonly text: string;
  /** What to do about it, the first the most likely. */
  readonly children?: ReactNode;
}

/** Stands where nothing is yet, and offers the next step. */
export function EmptyState({ icon: Icon, title, text, children }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" className={classes.empty ?? ''}>
      <span className={classes.emptyIcon} aria-hidden>
        <Icon size={40} stroke={1.4} />
      </span>
      <Title order={2} size="h4">
        {title}
      </Title>
      <Text size="sm" c="dimmed" maw="34rem">
        {text}
      </Text>
      {children !== undefined && (
        <Group mt="sm" justify="center">
          {children}
        </Group>
      )}
    </Stack>
  );
}
