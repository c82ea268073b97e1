import { Button, Group, Paper, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';

export interface ClosablePanelProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Something that a screen does when it is asked to, and that can be put away again. */
export function ClosablePanel({ title, onClose, children }: ClosablePanelProps) {
  const { t } = useText();
  return (
    <Paper withBorder p="lg">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h5">
          {title}
        </Title>
        <Button variant="subtle" color="gray" onClick={onClose}>
          {t('common:close')}
        </Button>
      </Group>
      {children}
    </Paper>
  );
}
