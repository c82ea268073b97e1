import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { commandLine } from '../../../shared/command/command.ts';
import { api } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { ConfirmByName } from '../../ui/ConfirmByName.tsx';

/** For a cluster that was rebuilt: takes what its services say of themselves now for what they shall be. */
export function IdentityPanel({ name }: { readonly name: string }) {
  const { t } = useText();
  const { may } = useSession();
  const [asked, setAsked] = useState(false);
  const accept = useMutation(api.clusters.update.mutationOptions({ onSuccess: () => setAsked(false) }));
  if (!may('admin')) return null;
  return (
    <Paper withBorder p="lg">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Title order={2} size="h5" mb={4}>
            {t('clusters:identity.title')}
          </Title>
          <Text size="sm" c="dimmed" maw="40rem">
            {t('clusters:identity.text')}
          </Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          <CommandButton
            command={commandLine(['cluster', 'set', name, { flag: 'accept-identity', value: true }])}
          />
          <Button variant="default" onClick={() => setAsked(true)}>
            {t('clusters:identity.open')}
          </Button>
        </Group>
      </Group>
      <ConfirmByName
        opened={asked}
        title={t('clusters:identity.title')}
        name={name}
        action={t('clusters:identity.action')}
        busy={accept.isPending}
        error={accept.error}
        onConfirm={() => accept.mutate({ name, acceptIdentity: true })}
        onClose={() => setAsked(false)}
      >
        {t('clusters:identity.warning')}
      </ConfirmByName>
    </Paper>
  );
}
