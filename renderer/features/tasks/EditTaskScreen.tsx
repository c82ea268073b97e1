import { Alert, Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { TaskView } from '../../../shared/contract/contract.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import { api } from '../../connection/client.ts';
import { type Drivers, useDrivers } from '../../forms/use-drivers.ts';
import { useText } from '../../i18n/use-text.ts';
import { ForRole } from '../../ui/ForRole.tsx';
import { TextLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { draftOf, type Passphrases, scheduleOf, sourcesOf, type TaskDraft } from './wizard/draft.ts';
import { forgetDraft, keptDraft } from './wizard/kept-draft.ts';
import { TaskWizard } from './wizard/TaskWizard.tsx';

const route = getRouteApi('/tasks/$name/edit');

/** The same wizard over a saved task. Its name and cluster stay. */
export function EditTaskScreen() {
  const { t } = useText();
  const { name } = route.useParams();
  const drivers = useDrivers();
  const task = useQuery(api.tasks.show.queryOptions({ input: { name } }));
  const clusters = useQuery(api.clusters.list.queryOptions({ input: {} }));
  const storages = useQuery(api.storages.list.queryOptions({ input: {} }));
  const [round, setRound] = useState(0);
  const loading = <LoadingPanel height={360} />;
  return (
    <>
      <PageHeader
        title={t('tasks:edit.long', { name })}
        back={
          <TextLink to="/tasks/$name" params={{ name }} search={{}}>
            {name}
          </TextLink>
        }
      />
      <ForRole least="admin">
        <QueryView query={task} loading={loading}>
          {(view) => (
            <QueryView query={drivers} loading={loading}>
              {(known) => (
                <QueryView query={clusters} loading={loading}>
                  {(all) => (
                    <QueryView query={storages} loading={loading}>
                      {(places) => (
                        <EditTask
                          key={`${view.task.id} ${round}`}
                          view={view}
                          drivers={known}
                          clusters={all}
                          storages={places}
                          onAgain={() => setRound(round + 1)}
                        />
                      )}
                    </QueryView>
                  )}
                </QueryView>
              )}
            </QueryView>
          )}
        </QueryView>
      </ForRole>
    </>
  );
}

interface EditTaskProps {
  readonly view: TaskView;
  readonly drivers: Drivers;
  readonly clusters: readonly Cluster[];
  readonly storages: readonly StorageConfig[];
  /** Begins anew, from the task as it is now. */
  readonly onAgain: () => void;
}

function EditTask({ view, drivers, clusters, storages, onAgain }: EditTaskProps) {
  const { t } = useText();
  const navigate = route.useNavigate();
  const { step } = route.useSearch();
  const { name } = view.task;
  const draftId = `edit ${view.task.id}`;
  const leave = () => {
    forgetDraft(draftId);
    void navigate({ to: '/tasks/$name', params: { name }, search: {} });
  };
  const update = useMutation(api.tasks.update.mutationOptions({ onSuccess: leave }));
  const [kept] = useState(() => keptDraft(draftId));
  const [before] = useState(() => kept?.before ?? definitionOf(view));
  const outrun = definitionOf(view) !== before && !update.isPending && !update.isSuccess;
  const cluster = clusters.find(({ id }) => id === view.task.cluster);
  if (cluster === undefined) return null;
  const finish = (draft: TaskDraft, passphrases: Passphrases) => {
    const schedule = scheduleOf(draft.timing);
    update.mutate({
      name,
      policy: draft.policy,
      ...(schedule === undefined ? {} : { schedule }),
      sources: sourcesOf(draft, drivers.sources, passphrases).map(({ passphrase, ...source }) => ({
        ...source,
        ...(passphrase === undefined ? {} : { passphrase }),
      })),
    });
  };
  const storageName = (id: string) => storages.find((storage) => storage.id === id)?.name;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const saved = draftOf(view, cluster, drivers.sources, storageName, new Date(), zone);
  return (
    <>
      {outrun && (
        <Outrun
          onAgain={() => {
            forgetDraft(draftId);
            onAgain();
          }}
        />
      )}
      <TaskWizard
        id={draftId}
        start={kept?.draft ?? saved}
        before={before}
        drivers={drivers}
        clusters={clusters}
        saved
        step={step}
        onStep={(id) => void navigate({ search: { step: id } })}
        onCancel={leave}
        onFinish={finish}
        finish={t('tasks:edit.save')}
        busy={update.isPending}
        error={update.error}
      />
    </>
  );
}

/** What of a task the wizard changes, to see whether somebody else has. */
function definitionOf({ task: { schedule, policy, sources } }: TaskView): string {
  return JSON.stringify([schedule, policy, sources]);
}

/** Somebody else has saved the task since this was begun: told before it is saved over. */
function Outrun({ onAgain }: { readonly onAgain: () => void }) {
  const { t } = useText();
  return (
    <Alert color="yellow" title={t('tasks:edit.outrun')} mb="md">
      <Button size="compact-sm" variant="default" onClick={onAgain}>
        {t('tasks:edit.again')}
      </Button>
    </Alert>
  );
}
