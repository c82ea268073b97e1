import type { Cluster } from '../../../shared/model/cluster.ts';
import type { ControlFile } from '../../../shared/model/control.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import type { Task } from '../../../shared/model/task.ts';
import type { EngineContext } from '../context.ts';

/**
 * Takes a task and its cluster over from a control file when this installation does not know them. Secrets don't
 * come along: the cluster is usable once they are entered again. An adopted task is paused, so that two
 * installations don't both run it without anybody having decided so. Gives whether the task was new.
 */
export function adoptDefinitions(
  context: EngineContext,
  control: ControlFile,
  scanned: StorageConfig,
): boolean {
  return context.catalog.transaction(() => {
    adoptCluster(context, control);
    return adoptTask(context, control, scanned);
  });
}

function adoptCluster({ catalog, surroundings }: EngineContext, { cluster }: ControlFile): void {
  if (catalog.clusters.find(cluster.id) !== undefined) return;
  const adopted: Cluster = {
    id: cluster.id,
    name: freeName(cluster.name, (name) => catalog.clusters.findByName(name) !== undefined),
    environment: cluster.environment,
    readOnly: cluster.readOnly,
    limits: cluster.limits,
    services: cluster.services.map(({ source, service, options }) => ({ source, service, options })),
    created: surroundings.clock.now().toISOString(),
  };
  catalog.clusters.add(adopted);
}

function adoptTask(
  { catalog }: EngineContext,
  { task, cluster }: ControlFile,
  scanned: StorageConfig,
): boolean {
  if (catalog.tasks.find(task.id) !== undefined) return false;
  const { schedule, policy, created } = task;
  const adopted: Task = {
    id: task.id,
    name: freeName(task.name, (name) => catalog.tasks.findByName(name) !== undefined),
    cluster: cluster.id,
    ...(schedule === undefined ? {} : { schedule }),
    policy,
    created,
    paused: true,
    sources: task.sources.map(({ service, selection, storage, directory, maximumCopies, key, consent }) => ({
      service,
      selection,
      storage: catalog.storages.find(storage.id)?.id ?? scanned.id,
      directory,
      maximumCopies,
      ...(key === undefined ? {} : { key }),
      consent,
    })),
  };
  catalog.tasks.add(adopted);
  return true;
}

function freeName(wanted: string, taken: (name: string) => boolean): string {
  if (!taken(wanted)) return wanted;
  for (let copy = 2; ; copy++) if (!taken(`${wanted}-${copy}`)) return `${wanted}-${copy}`;
}
