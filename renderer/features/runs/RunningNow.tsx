import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { Run } from '../../../shared/model/run.ts';
import { client } from '../../connection/client.ts';
import { useStream } from '../../connection/use-stream.ts';
import { useText } from '../../i18n/use-text.ts';
import { TextLink } from '../../ui/links.tsx';
import { CancelRun } from './CancelRun.tsx';
import { StepProgress } from './StepProgress.tsx';
import { useNames } from './use-names.ts';

/** The runs of this moment, each followed by a stream of its own. */
export function RunningNow({ runs }: { readonly runs: readonly Run[] }) {
  const { t } = useText();
  if (runs.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {t('runs:now')}
      </Title>
      <Paper withBorder p="md">
        <Stack gap="md">
          {runs.map((run) => (
            <LiveRun key={run.id} run={run} />
          ))}
        </Stack>
      </Paper>
      <Text size="xs" c="dimmed" mt={6}>
        {t('runs:safe')}
      </Text>
    </section>
  );
}

function LiveRun({ run: listed }: { readonly run: Run }) {
  const { t } = useText();
  const names = useNames();
  const { value: run } = useStream(listed.id, {
    open: (signal) => client.runs.watch({ run: listed.id }, { signal }),
    initial: listed,
    reduce: (before, event) => (event.event === 'log' ? before : event.run),
  });
  const name = names.task(run.task) ?? names.cluster(run.cluster) ?? run.id;
  const step = run.steps.findLast(({ state }) => state === 'running') ?? run.steps.at(-1);
  return (
    <Group gap="md" wrap="nowrap" align="center">
      <div style={{ width: '13rem', flex: 'none', overflowWrap: 'anywhere' }}>
        <TextLink to="/runs/$id" params={{ id: run.id }} search={{}} fw={600} size="sm">
          {name}
        </TextLink>
        <Text size="xs" c="dimmed">
          {t(`common:runKind.${run.kind}`)}
        </Text>
      </div>
      <div style={{ flex: 1, minWidth: 0 }}>
        {step === undefined ? <Text size="sm">{t('runs:starting')}</Text> : <StepProgress step={step} />}
      </div>
      <CancelRun run={run} size="compact-sm" />
    </Group>
  );
}
