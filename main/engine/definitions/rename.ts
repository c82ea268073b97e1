import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import type { Task } from '../../../shared/model/task.ts';
import { taskDirectoryName } from '../../archive/index.ts';
import type { Catalog, NamedRepository } from '../../catalog/catalog.ts';
import type { EngineContext } from '../context.ts';
import { taskFolder } from '../task-directory.ts';
import { tellStorages } from './tell-storages.ts';

/** Something under its new name. */
export interface Renamed<T> {
  readonly renamed: T;
  /** Names of storages whose control files still have the old name: the next run there writes the new one. */
  readonly untold: readonly string[];
}

/*
 * Everything is known by its id; names are for people. So nothing but the definition itself changes here, and what
 * control files say of it. Archives keep the names that were right when they were written.
 */

/** @throws HoldfastError `catalog.no-cluster`, `catalog.name-taken` */
export async function renameCluster(
  context: EngineContext,
  name: string,
  as: string,
  signal?: AbortSignal,
): Promise<Renamed<Cluster>> {
  const { catalog } = context;
  const renamed = rename(catalog, catalog.clusters, name, (cluster) => ({ ...cluster, name: as }));
  const tasks = catalog.tasks.list().filter(({ cluster }) => cluster === renamed.id);
  return { renamed, untold: await tellStorages(context, tasks, signal) };
}

/** @throws HoldfastError `catalog.no-storage`, `catalog.name-taken` */
export async function renameStorage(
  context: EngineContext,
  name: string,
  as: string,
  signal?: AbortSignal,
): Promise<Renamed<StorageConfig>> {
  const { catalog } = context;
  const renamed = rename(catalog, catalog.storages, name, (storage) => ({ ...storage, name: as }));
  const tasks = catalog.tasks
    .list()
    .filter(({ sources }) =>
      sources.some(({ storage, unknownStorage }) => storage === renamed.id && unknownStorage === undefined),
    );
  return { renamed, untold: await tellStorages(context, tasks, signal) };
}

/**
 * Its directories in the storages keep the name that they were made under: the definition says so.
 * @throws HoldfastError `catalog.no-task`, `catalog.name-taken`
 */
export async function renameTask(
  context: EngineContext,
  name: string,
  as: string,
  signal?: AbortSignal,
): Promise<Renamed<Task>> {
  const { catalog } = context;
  const renamed = rename(catalog, catalog.tasks, name, (task) => withName(task, as));
  return { renamed, untold: await tellStorages(context, [renamed], signal) };
}

function rename<T extends { readonly id: string; readonly name: string }>(
  catalog: Catalog,
  named: NamedRepository<T>,
  name: string,
  change: (item: T) => T,
): T {
  return catalog.transaction(() => {
    const renamed = change(named.byName(name));
    named.update(renamed);
    return renamed;
  });
}

/** The task under another name, in the same directories. */
export function withName(task: Task, name: string): Task {
  const { folder: _, ...rest } = task;
  const named: Task = { ...rest, name };
  const folder = taskFolder(task);
  return isOwnFolder(named, folder) ? named : { ...named, folder };
}

function isOwnFolder({ name, created }: Task, folder: string): boolean {
  try {
    return taskDirectoryName(name, new Date(created)) === folder;
  } catch (error) {
    // A name that is too long for a directory will do for a task that has one already.
    if (error instanceof HoldfastError && error.code === 'archive.name-too-long') return false;
    throw error;
  }
}
