import { Group, Stack, Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Cluster } from '../../../shared/model/cluster.ts';
import { api } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';

/** Whether anything may be restored into the cluster. It shows what the host says, not what was clicked. */
export function ReadOnlySwitch({ cluster: { name, readOnly } }: { readonly cluster: Cluster }) {
  const { t } = useText();
  const { may } = useSession();
  const update = useMutation(api.clusters.update.mutationOptions({}));
  const said = t(readOnly ? 'clusters:readOnly.on' : 'clusters:readOnly.off');
  if (!may('admin')) return said;
  return (
    <Stack gap="xs">
      <Group gap="lg">
        <span>{said}</span>
        <Switch
          checked={readOnly}
          disabled={update.isPending}
          onChange={(event) => update.mutate({ name, readOnly: event.currentTarget.checked })}
          label={t('clusters:field.readOnly')}
        />
      </Group>
      {update.error !== null && <ErrorPanel error={update.error} />}
    </Stack>
  );
}
