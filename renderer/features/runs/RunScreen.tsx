import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconWindowMinimize } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { commandLine } from '../../../shared/command/command.ts';
import { fromReport } from '../../../shared/contract/reported.ts';
import type { Run } from '../../../shared/model/run.ts';
import { client } from '../../connection/client.ts';
import { useStream } from '../../connection/use-stream.ts';
import { type Translate, useText } from '../../i18n/use-text.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { TextLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Bytes, Count, DateTime, Duration } from '../../ui/Quantity.tsx';
import { RunStateBadge } from '../../ui/RunStateBadge.tsx';
import { RestoreReport } from '../../ui/restore-report/RestoreReport.tsx';
import { RUN_REASONS } from '../../ui/run-reason.ts';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { CancelRun } from './CancelRun.tsx';
import { followRun, NOTHING_YET, withNews } from './follow-run.ts';
import { RestoreActions } from './RestoreActions.tsx';
import { RunLog } from './RunLog.tsx';
import { RunSteps } from './RunSteps.tsx';
import { useNames } from './use-names.ts';
import { countWord } from './words.ts';

const route = getRouteApi('/runs/$id');

/** One run: its steps as they go, what it counted, its log; and what can be done with it. */
export function RunScreen() {
  const { t } = useText();
  const { id } = route.useParams();
  const names = useNames();
  const { value, error, start } = useStream(id, {
    open: async (signal) =>
      followRun(
        {
          watch: (stop) => client.runs.watch({ run: id }, { signal: stop }),
          log: (after, limit, stop) => client.runs.log({ run: id, after, limit }, { signal: stop }),
        },
        signal,
      ),
    initial: NOTHING_YET,
    reduce: withNews,
  });
  const { run } = value;
  return (
    <>
      <PageHeader
        title={run === undefined ? t('runs:one') : titleOf(run, names, t)}
        back={
          <TextLink to="/runs" search={{}}>
            {t('runs:title')}
          </TextLink>
        }
        badges={run !== undefined && <RunStateBadge state={run.state} />}
        command={commandLine(['run', run?.state === 'running' ? 'watch' : 'show', id])}
        actions={
          run !== undefined && (
            <>
              <RestoreActions run={run} />
              <CancelRun run={run} />
            </>
          )
        }
      />
      <Stack gap="lg">
        {error !== undefined && <ErrorPanel error={error} onRetry={start} />}
        {run === undefined ? (
          error === undefined && <LoadingPanel height={420} />
        ) : (
          <>
            {run.state === 'running' && <SafeToClose />}
            {run.error !== undefined && <ErrorPanel error={fromReport(run.error)} />}
            <RunFacts run={run} />
            <RunSteps run={run} />
            {run.kind !== 'backup' && run.state !== 'running' && <RestoreReport run={run} />}
            <RunLog lines={value.lines} left={value.left} running={run.state === 'running'} />
          </>
        )}
      </Stack>
    </>
  );
}

/** What it does, and to what. */
function titleOf({ kind, task, cluster }: Run, names: ReturnType<typeof useNames>, t: Translate): string {
  const of = names.task(task) ?? names.cluster(cluster);
  const word = t(`common:runKind.${kind}`);
  return of === undefined ? word : `${word} · ${of}`;
}

function SafeToClose() {
  const { t } = useText();
  return (
    <Group gap="xs">
      <IconWindowMinimize size={16} aria-hidden />
      <Text size="sm">{t('runs:safe')}</Text>
    </Group>
  );
}

function RunFacts({ run }: { readonly run: Run }) {
  const { t } = useText();
  const names = useNames();
  const task = names.task(run.task);
  const cluster = names.cluster(run.cluster);
  const { ended, point } = run;
  return (
    <Group align="stretch" grow gap="md">
      <Paper withBorder p="lg">
        <Facts
          facts={[
            [
              t('runs:field.task'),
              task === undefined ? (
                '—'
              ) : (
                <TextLink key="task" to="/tasks/$name" params={{ name: task }} size="sm">
                  {task}
                </TextLink>
              ),
            ],
            [
              t('runs:field.cluster'),
              cluster === undefined ? (
                '—'
              ) : (
                <TextLink key="cluster" to="/clusters/$name" params={{ name: cluster }} search={{}} size="sm">
                  {cluster}
                </TextLink>
              ),
            ],
            [t('runs:field.reason'), t(RUN_REASONS[run.reason])],
            [t('runs:field.started'), <DateTime key="started" at={run.started} />],
            [
              t('runs:field.duration'),
              ended === undefined ? (
                '—'
              ) : (
                <Duration
                  key="duration"
                  milliseconds={Math.max(0, Date.parse(ended) - Date.parse(run.started))}
                />
              ),
            ],
            [
              t('runs:field.point'),
              point === undefined || (run.kind === 'backup' && run.state === 'running') ? (
                '—'
              ) : (
                <TextLink key="point" to="/points/$id" params={{ id: point }} size="sm" ff="monospace">
                  {point}
                </TextLink>
              ),
            ],
          ]}
        />
      </Paper>
      <Paper withBorder p="lg">
        <Title order={2} size="h6" mb="xs">
          {t('runs:counts')}
        </Title>
        {Object.keys(run.counts).length === 0 && (
          <Text size="sm" c="dimmed">
            {t(run.state === 'running' ? 'runs:nothingCounted' : 'runs:nothingDone')}
          </Text>
        )}
        <Facts
          facts={Object.entries(run.counts).map(([count, value]) => [
            countWord(count, t),
            count === 'bytes' ? <Bytes key={count} value={value} /> : <Count key={count} value={value} />,
          ])}
        />
      </Paper>
    </Group>
  );
}
