import { Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** The head of a part of the settings, with what can be done there at the right. */
export function SectionHead({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <Group justify="space-between" mih={36}>
      <Title order={2} size="h5">
        {title}
      </Title>
      <Group gap="xs">{children}</Group>
    </Group>
  );
}
