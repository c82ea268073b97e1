import { Button, Group, List, Stack, Text } from '@mantine/core';
import type { InferContractRouterOutputs } from '@orpc/contract';
import { useMutation } from '@tanstack/react-query';
import type { Contract } from '../../../shared/contract/contract.ts';
import { messageText } from '../../../shared/messages/message.ts';
import type { Message } from '../../../shared/model/message.ts';
import { printable } from '../../../shared/report/printable.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';

type RescanReport = InferContractRouterOutputs<Contract>['storages']['rescan'];

/** Reads what the storage holds into the catalog when somebody says so, and tells what was found. */
export function RescanPanel({ name }: { readonly name: string }) {
  const { t } = useText();
  const rescan = useMutation(api.storages.rescan.mutationOptions());
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('storages:rescan.text')}
      </Text>
      {rescan.isPending && <LoadingPanel height={96} />}
      {rescan.data !== undefined && !rescan.isPending && <Report report={rescan.data} />}
      {rescan.error !== null && <ErrorPanel error={rescan.error} />}
      <Group>
        <Button variant="default" loading={rescan.isPending} onClick={() => rescan.mutate({ name })}>
          {t('storages:rescan.start')}
        </Button>
      </Group>
    </Stack>
  );
}

function Report({ report }: { readonly report: RescanReport }) {
  const { t, format } = useText();
  const { tasks, points, archives, repaired, damaged, notes } = report;
  const counts = {
    tasks: format.number(tasks),
    points: format.number(points),
    archives: format.number(archives),
  };
  return (
    <Stack gap="sm" role="status">
      <Group gap="xs">
        <StatusBadge tone={damaged.length > 0 ? 'bad' : 'good'}>
          {t(damaged.length > 0 ? 'storages:rescan.isDamaged' : 'storages:rescan.isSound')}
        </StatusBadge>
        <Text size="sm">{t('storages:rescan.found', counts)}</Text>
      </Group>
      <Sentences tone="bad" title={t('storages:rescan.damaged')} sentences={damaged} />
      <Sentences tone="warn" title={t('storages:rescan.notes')} sentences={notes} />
      <Sentences tone="good" title={t('storages:rescan.repaired')} sentences={repaired} />
    </Stack>
  );
}

function Sentences(props: {
  readonly tone: Tone;
  readonly title: string;
  readonly sentences: readonly Message[];
}) {
  const { pick } = useText();
  if (props.sentences.length === 0) return null;
  return (
    <div>
      <StatusBadge tone={props.tone}>{props.title}</StatusBadge>
      <List size="sm" mt={6} mah={320} style={{ overflow: 'auto' }}>
        {props.sentences.map((sentence) => (
          <List.Item key={`${sentence.code} ${sentence.text}`}>
            {printable(pick(messageText(sentence)))}
          </List.Item>
        ))}
      </List>
    </div>
  );
}
