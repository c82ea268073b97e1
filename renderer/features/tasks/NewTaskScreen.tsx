import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Cluster } from '../../../shared/model/cluster.ts';
import { api } from '../../connection/client.ts';
import { type Drivers, useDrivers } from '../../forms/use-drivers.ts';
import { useText } from '../../i18n/use-text.ts';
import { ForRole } from '../../ui/ForRole.tsx';
import { TextLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import {
  emptyDraft,
  type Passphrases,
  scheduleOf,
  sourcesOf,
  type TaskDraft,
  withCluster,
} from './wizard/draft.ts';
import { forgetDraft, keptDraft } from './wizard/kept-draft.ts';
import { TaskWizard } from './wizard/TaskWizard.tsx';

const route = getRouteApi('/tasks/new');
const DRAFT = 'new';

/** The wizard that makes a task. */
export function NewTaskScreen() {
  const { t } = useText();
  const drivers = useDrivers();
  const clusters = useQuery(api.clusters.list.queryOptions({ input: {} }));
  const storages = useQuery(api.storages.list.queryOptions({ input: {} }));
  return (
    <>
      <PageHeader
        title={t('tasks:add.title')}
        back={
          <TextLink to="/tasks" search={{}}>
            {t('tasks:title')}
          </TextLink>
        }
      />
      <ForRole least="admin">
        <QueryView query={drivers} loading={<LoadingPanel height={360} />}>
          {(known) => (
            <QueryView query={clusters} loading={<LoadingPanel height={360} />}>
              {(all) => (
                <QueryView query={storages} loading={<LoadingPanel height={360} />}>
                  {(places) => (
                    <NewTask drivers={known} clusters={all} storages={places.map(({ name }) => name)} />
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

function NewTask(props: {
  readonly drivers: Drivers;
  readonly clusters: readonly Cluster[];
  readonly storages: readonly string[];
}) {
  const { t } = useText();
  const navigate = route.useNavigate();
  const { step, cluster } = route.useSearch();
  const { drivers, clusters } = props;
  const create = useMutation(
    api.tasks.create.mutationOptions({
      onSuccess: ({ task }) => {
        forgetDraft(DRAFT);
        void navigate({ to: '/tasks/$name', params: { name: task.name }, search: {} });
      },
    }),
  );
  const finish = (draft: TaskDraft, passphrases: Passphrases) => {
    const schedule = scheduleOf(draft.timing);
    create.mutate({
      name: draft.name.trim(),
      cluster: draft.cluster,
      policy: draft.policy,
      ...(schedule === null || schedule === undefined ? {} : { schedule }),
      sources: sourcesOf(draft, drivers.sources, passphrases).map(({ passphrase, ...source }) => ({
        ...source,
        ...(typeof passphrase === 'string' ? { passphrase } : {}),
      })),
    });
  };
  return (
    <TaskWizard
      id={DRAFT}
      start={keptDraft(DRAFT)?.draft ?? firstDraft(props, cluster)}
      drivers={drivers}
      clusters={clusters}
      saved={false}
      step={step}
      onStep={(id) => void navigate({ search: { step: id } })}
      onCancel={() => {
        forgetDraft(DRAFT);
        void navigate({ to: '/tasks', search: {} });
      }}
      onFinish={finish}
      finish={t('tasks:add.finish')}
      busy={create.isPending}
      error={create.error}
    />
  );
}

/** With the cluster that the address names, or the only one there is. */
function firstDraft(props: Parameters<typeof NewTask>[0], named: string | undefined): TaskDraft {
  const { clusters, drivers, storages } = props;
  const empty = emptyDraft(new Date(), Intl.DateTimeFormat().resolvedOptions().timeZone);
  const cluster =
    clusters.find(({ name }) => name === named) ?? (clusters.length === 1 ? clusters[0] : undefined);
  return cluster === undefined ? empty : withCluster(empty, cluster, drivers.sources, storages);
}
