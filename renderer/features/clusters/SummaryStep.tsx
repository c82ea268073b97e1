import { Stack } from '@mantine/core';
import { tunnelText } from '../../../shared/model/tunnel.ts';
import { useText } from '../../i18n/use-text.ts';
import { CommandLines } from '../../ui/CommandLines.tsx';
import { EnvironmentBadge } from '../../ui/EnvironmentBadge.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { Facts } from '../../ui/Facts.tsx';
import type { ClusterDraft } from './draft.ts';

export function SummaryStep({
  draft,
  command,
  error,
}: {
  readonly draft: ClusterDraft;
  readonly command: string;
  readonly error: Error | null;
}) {
  const { t } = useText();
  return (
    <Stack>
      <Facts
        facts={[
          [t('clusters:field.name'), draft.name],
          [t('common:environment.label'), <EnvironmentBadge key="kind" environment={draft.environment} />],
          [
            t('clusters:field.restores'),
            t(draft.readOnly ? 'clusters:readOnly.on' : 'clusters:readOnly.off'),
          ],
          ...(draft.tunnel.used
            ? [[t('clusters:field.tunnel'), tunnelText(draft.tunnel.values)] as const]
            : []),
          [t('clusters:field.services'), draft.services.map(({ service }) => service).join(', ')],
        ]}
      />
      <CommandLines command={command} />
      {error !== null && <ErrorPanel error={error} />}
    </Stack>
  );
}
