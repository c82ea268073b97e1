import type { Cluster } from '../../../shared/model/cluster.ts';
import type { ClusterOverview, Overview, TaskOverview } from '../../../shared/model/overview.ts';
import type { Task } from '../../../shared/model/task.ts';
import type { GoodPoint } from '../../catalog/catalog.ts';
import type { EngineContext } from '../context.ts';
import { nextOccurrences } from '../schedule/occurrences.ts';
import { overdueSince } from '../schedule/overdue.ts';
import { storageFills } from './storage-fill.ts';

const MOST_RUNNING = 100;

/** All clusters, what protects them and what is late, and how full the storages are. */
export async function showOverview(context: EngineContext, signal?: AbortSignal): Promise<Overview> {
  const { catalog, runs, surroundings } = context;
  const now = surroundings.clock.now();
  const tasks = catalog.tasks.list();
  const running = catalog.runs.list({ states: ['running'], limit: MOST_RUNNING });
  return {
    now: now.toISOString(),
    clusters: catalog.clusters.list().map((cluster) =>
      clusterOverview(
        context,
        cluster,
        tasks.filter((task) => task.cluster === cluster.id),
        now,
      ),
    ),
    storages: await storageFills(context, signal),
    running: running.map(({ id }) => runs.show(id)),
  };
}

function clusterOverview(
  context: EngineContext,
  { id, name, environment, readOnly, services }: Cluster,
  tasks: readonly Task[],
  now: Date,
): ClusterOverview {
  return {
    id,
    name,
    environment,
    readOnly,
    services: services.map(({ service, source }) => ({
      service,
      source,
      tasks: tasks
        .filter(({ sources }) => sources.some((each) => each.service === service))
        .map((task) => task.name),
      ...lastGood(context.catalog.points.lastGood({ cluster: id, service })),
    })),
    tasks: tasks.map((task) => taskOverview(context, task, now)),
  };
}

function taskOverview({ catalog, runs }: EngineContext, task: Task, now: Date): TaskOverview {
  const { id, name, sources, schedule, paused, created } = task;
  const last = catalog.runs.latest(id);
  const good = catalog.points.lastGood({ task: id });
  const bySchedule = paused ? undefined : schedule;
  const [next] = bySchedule === undefined ? [] : nextOccurrences(bySchedule, now, 1);
  const late = bySchedule && overdueSince(bySchedule, new Date(good?.created ?? created), now);
  return {
    id,
    name,
    services: sources.map(({ service }) => service),
    ...(schedule === undefined ? {} : { schedule }),
    paused,
    ...(next === undefined ? {} : { next: next.toISOString() }),
    ...(last === undefined ? {} : { last: runs.show(last.id) }),
    ...lastGood(good),
    ...(late === undefined ? {} : { overdueSince: late.toISOString() }),
  };
}

function lastGood(good: GoodPoint | undefined): Pick<TaskOverview, 'lastGood'> {
  return good === undefined ? {} : { lastGood: { point: good.id, at: good.created } };
}
