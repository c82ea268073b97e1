import { Paper, Stack, Text } from '@mantine/core';
import { IconWindowMinimize } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { commandLine } from '../../../shared/command/command.ts';
import { targetText } from '../../../shared/command/target.ts';
import { fromReport } from '../../../shared/contract/reported.ts';
import type { RestorePlan } from '../../../shared/model/plan.ts';
import type { Run, RunEvent } from '../../../shared/model/run.ts';
import { api, client } from '../../connection/client.ts';
import { useStream } from '../../connection/use-stream.ts';
import { useText } from '../../i18n/use-text.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { RunStateBadge } from '../../ui/RunStateBadge.tsx';
import { RestoreReport } from '../../ui/restore-report/RestoreReport.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { type Tone, ToneIcon } from '../../ui/StatusBadge.tsx';
import { CancelRestore } from './CancelRestore.tsx';
import { GoOn } from './GoOn.tsx';
import { RunSteps } from './RunSteps.tsx';
import classes from './restore.module.css';
import { UndoLink } from './UndoLink.tsx';

/** A restore that was started: how far it is, how it ended, its report, and the ways on and back. */
export function RestoreRun({ id }: { readonly id: string }) {
  const { t } = useText();
  const stream = useStream<RunEvent, Run | undefined>(id, {
    open: (signal) => client.runs.watch({ run: id }, { signal }),
    initial: undefined,
    reduce: (before, event) => (event.event === 'log' ? before : event.run),
  });
  const plan = useQuery(
    api.restores.show.queryOptions({
      input: { plan: id },
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
    }),
  );
  const run = stream.value;
  const cluster = plan.data?.clusterName ?? '';
  const running = run?.state === 'running';
  return (
    <>
      <PageHeader
        title={t(run?.kind === 'undo' ? 'restore:run.undoTitle' : 'restore:run.title', { cluster })}
        badges={run !== undefined && <RunStateBadge state={run.state} />}
        command={commandLine(running ? ['run', 'watch', id] : ['restore', 'report', id])}
        actions={
          <>
            <ButtonLink to="/runs/$id" params={{ id }} search={{}} variant="default">
              {t('restore:run.details')}
            </ButtonLink>
            {run !== undefined && <CancelRestore run={run} />}
            {run !== undefined && !running && <UndoLink run={run} />}
          </>
        }
      />
      {stream.error !== undefined && <ErrorPanel error={stream.error} onRetry={stream.start} />}
      {run === undefined ? (
        stream.error === undefined && <LoadingPanel height={420} />
      ) : (
        <Shown run={run} plan={plan.data} onResumed={stream.start} />
      )}
    </>
  );
}

function Shown(props: {
  readonly run: Run;
  readonly plan: RestorePlan | undefined;
  readonly onResumed: () => void;
}) {
  const { t } = useText();
  const { run, plan, onResumed } = props;
  const running = run.state === 'running';
  return (
    <Stack gap="lg">
      {running && (
        <div className={classes.note}>
          <IconWindowMinimize size={18} aria-hidden />
          <Text size="sm">{t('restore:run.safe')}</Text>
        </div>
      )}
      {!running && <Ending run={run} cluster={plan?.clusterName ?? ''} />}
      {run.error !== undefined && <ErrorPanel error={fromReport(run.error)} />}
      <GoOn run={run} from={plan === undefined ? '' : targetText(plan.order.from)} onResumed={onResumed} />
      <Paper withBorder p="lg">
        <RunSteps run={run} plan={plan} />
      </Paper>
      {!running && <RestoreReport run={run} />}
    </Stack>
  );
}

const ENDING_TONES: { readonly [state in Exclude<Run['state'], 'running'>]: Tone } = {
  succeeded: 'good',
  incomplete: 'warn',
  conflict: 'warn',
  failed: 'bad',
  cancelled: 'quiet',
  interrupted: 'warn',
};

/** How it ended, in a sentence. */
function Ending({ run, cluster }: { readonly run: Run; readonly cluster: string }) {
  const { t } = useText();
  if (run.state === 'running') return null;
  const differences = run.counts.differences ?? 0;
  const text =
    run.state === 'succeeded'
      ? t(run.kind === 'undo' ? 'restore:ending.undone' : 'restore:ending.succeeded', { cluster })
      : t(`restore:ending.${run.state}`, { cluster, differences });
  return (
    <div className={classes.ending} data-good={run.state === 'succeeded' || undefined} role="status">
      <ToneIcon tone={ENDING_TONES[run.state]} size={24} />
      <Text fw={600}>{text}</Text>
    </div>
  );
}
