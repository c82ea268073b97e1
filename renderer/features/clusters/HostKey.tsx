import { Button, Code, Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { acceptedKey, type TunnelDraft, tunnelAddress, withHostKey } from './tunnel-draft.ts';

export interface HostKeyProps {
  readonly draft: TunnelDraft;
  readonly onChange: (draft: TunnelDraft) => void;
  /** Asks without being told to, and says nothing where all is well. */
  readonly atOnce?: boolean;
}

/** Shows the key of the SSH host to whoever may accept it. It is asked for; nobody signs in. */
export function HostKey({ draft, onChange, atOnce = false }: HostKeyProps) {
  const { t } = useText();
  const address = tunnelAddress(draft);
  const where = JSON.stringify(address);
  const [asked, setAsked] = useState<string>();
  const asking = address !== undefined && (atOnce || asked === where);
  const key = useQuery(
    api.clusters.hostKey.queryOptions({
      input: address ?? { host: '', port: 22 },
      enabled: asking,
      retry: false,
      staleTime: 0,
    }),
  );
  if (address === undefined) return null;
  if (!asking) {
    return (
      <Group>
        <Button variant="default" onClick={() => setAsked(where)}>
          {t('clusters:tunnel.ask')}
        </Button>
      </Group>
    );
  }
  if (key.error !== null) return <ErrorPanel error={key.error} onRetry={() => void key.refetch()} />;
  if (key.data === undefined) {
    return (
      <Text size="sm" role="status">
        {t('clusters:tunnel.asking', { host: address.host })}
      </Text>
    );
  }
  const { type, fingerprint } = key.data;
  const accepted = acceptedKey(draft);
  if (accepted.includes(fingerprint)) {
    if (atOnce) return null;
    return (
      <Text size="sm" role="status">
        {t('clusters:tunnel.accepted')}
      </Text>
    );
  }
  const isOther = accepted !== '';
  return (
    <Paper withBorder p="md" role="alert">
      <Stack gap="xs" align="flex-start">
        <Text fw={600}>
          {t(isOther ? 'clusters:tunnel.changed' : 'clusters:tunnel.unknown', { host: address.host })}
        </Text>
        <Code>{`${fingerprint} (${type})`}</Code>
        {isOther && <Text size="sm">{t('clusters:tunnel.instead', { known: accepted })}</Text>}
        <Text size="sm">{t('clusters:tunnel.compare')}</Text>
        <Button size="compact-sm" onClick={() => onChange(withHostKey(draft, fingerprint))}>
          {t('clusters:tunnel.accept')}
        </Button>
      </Stack>
    </Paper>
  );
}
