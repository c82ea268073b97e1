import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { commandLine } from '../../../shared/command/command.ts';
import type { TaskView } from '../../../shared/contract/contract.ts';
import { fromReport } from '../../../shared/contract/reported.ts';
import { api, client } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { useStream } from '../../connection/use-stream.ts';
import { useText } from '../../i18n/use-text.ts';
import { ClosablePanel } from '../../ui/ClosablePanel.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { TextLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { DateTime } from '../../ui/Quantity.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { collectChecks, NO_CHECKS, StreamedChecks } from '../../ui/StreamedChecks.tsx';
import { TaskActions } from './TaskActions.tsx';
import { NextRuns, TaskFacts, TaskSources } from './TaskDefinition.tsx';
import { TaskHistory } from './TaskHistory.tsx';

const route = getRouteApi('/tasks/$name');

/** One task: what it backs up and when, how it went so far, and what it left. */
export function TaskScreen() {
  const { t } = useText();
  const { name } = route.useParams();
  const { check } = route.useSearch();
  const { may } = useSession();
  const navigate = route.useNavigate();
  const task = useQuery(api.tasks.show.queryOptions({ input: { name } }));
  return (
    <>
      <PageHeader
        title={name}
        back={
          <TextLink to="/tasks" search={{}}>
            {t('tasks:title')}
          </TextLink>
        }
        badges={
          task.data?.task.paused === true && <StatusBadge tone="quiet">{t('tasks:paused')}</StatusBadge>
        }
        command={commandLine(['task', check === true ? 'check' : 'show', name])}
        actions={
          task.data !== undefined && (
            <>
              {may('operator') && (
                <Button
                  variant="default"
                  onClick={() => void navigate({ search: { check: true }, replace: true })}
                >
                  {t('tasks:check.action')}
                </Button>
              )}
              <TaskActions view={task.data} />
            </>
          )
        }
      />
      <QueryView query={task} loading={<LoadingPanel height={420} />}>
        {(view) => <Details view={view} check={check === true} />}
      </QueryView>
    </>
  );
}

function Details({ view, check }: { readonly view: TaskView; readonly check: boolean }) {
  const { t } = useText();
  const { last } = view;
  return (
    <Stack gap="lg">
      {last?.error !== undefined && (
        <div>
          <Text size="sm" mb={6}>
            {t('tasks:lastFailed')}{' '}
            <TextLink to="/runs/$id" params={{ id: last.id }} search={{}} size="sm">
              <DateTime at={last.started} />
            </TextLink>
          </Text>
          <ErrorPanel error={fromReport(last.error)} />
        </div>
      )}
      {check && <TaskCheck name={view.task.name} />}
      <Group align="stretch" gap="md" wrap="nowrap">
        <TaskFacts view={view} />
        <NextRuns view={view} />
      </Group>
      <TaskHistory name={view.task.name} />
      <TaskSources view={view} />
    </Stack>
  );
}

function TaskCheck({ name }: { readonly name: string }) {
  const { t } = useText();
  const navigate = route.useNavigate();
  const stream = useStream(name, {
    open: (signal) => client.tasks.check({ name }, { signal }),
    initial: NO_CHECKS,
    reduce: collectChecks,
  });
  return (
    <ClosablePanel
      title={t('tasks:check.title')}
      onClose={() => void navigate({ search: {}, replace: true })}
    >
      <StreamedChecks stream={stream} text={t('tasks:check.text')} />
    </ClosablePanel>
  );
}
