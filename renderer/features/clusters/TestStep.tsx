import { Stack } from '@mantine/core';
import { client } from '../../connection/client.ts';
import { useStream } from '../../connection/use-stream.ts';
import { useText } from '../../i18n/use-text.ts';
import { collectChecks, NO_CHECKS, StreamedChecks } from '../../ui/StreamedChecks.tsx';
import type { ClusterDraft, servicesOf } from './draft.ts';
import { HostKey } from './HostKey.tsx';

interface TestStepProps {
  readonly draft: ClusterDraft;
  readonly tunnel: Record<string, unknown> | undefined;
  readonly services: ReturnType<typeof servicesOf>;
  readonly onChange: (draft: ClusterDraft) => void;
}

/**
 * Asks the SSH host, if there is one, and every service, before anything is saved. A host key that nobody has accepted
 * is shown first. Whoever wants may go on in spite of what is found.
 */
export function TestStep({ draft, tunnel, services, onChange }: TestStepProps) {
  const { t } = useText();
  const wish = { services, ...(tunnel === undefined ? {} : { tunnel }) };
  const probe = useStream(JSON.stringify(wish), {
    open: (signal) => client.clusters.probe(wish, { signal }),
    initial: NO_CHECKS,
    reduce: collectChecks,
  });
  return (
    <Stack>
      <HostKey draft={draft.tunnel} onChange={(changed) => onChange({ ...draft, tunnel: changed })} atOnce />
      <StreamedChecks stream={probe} text={t('clusters:help.test')} />
    </Stack>
  );
}
