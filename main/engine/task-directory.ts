import type { ControlFile } from '../../shared/model/control.ts';
import type { JsonObject } from '../../shared/model/entry.ts';
import type { Task } from '../../shared/model/task.ts';
import { taskDirectoryName } from '../archive/index.ts';
import type { Storage } from '../storages/contract.ts';
import { joinPath } from './backup/archive-target.ts';
import type { EngineContext } from './context.ts';
import { describeCluster, describeTask, markOf, newControl, withStorage } from './control/contents.ts';
import { updateControl } from './control/control-file.ts';
import { type Lease, withLease } from './control/lease.ts';

const LEASE_PATIENCE_MS = 120_000;

/** What the services of a cluster said of themselves, by service name. */
export type Identities = { readonly [service: string]: JsonObject };

/** A task's directory in a storage, held by a lease. */
export interface HeldDirectory {
  readonly storage: Storage;
  /** Id of the storage. */
  readonly storageId: string;
  readonly directory: string;
  /** It may have been removed from the catalog. */
  readonly task: { readonly id: string };
  readonly lease: Lease;
}

/** What says how a task's directories are called. */
export interface NamesFolder extends Pick<Task, 'name' | 'created'> {
  readonly folder?: Task['folder'] | undefined;
}

/** What a task's directories are called: as it was when they were made. */
export function taskFolder({ name, created, folder }: NamesFolder): string {
  return folder ?? taskDirectoryName(name, new Date(created));
}

/** The task's own directory in a storage, below the one that its source names. */
export function taskDirectory(task: NamesFolder, directory: string): string {
  return joinPath(directory, taskFolder(task));
}

/** The directory that a path in a storage lies in; `''` is the root. */
export function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Runs the work as the only installation that changes this task directory. */
export function usingTaskDirectory<T>(
  context: EngineContext,
  storage: Storage,
  directory: string,
  signal: AbortSignal,
  work: (lease: Lease, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { clock, randomHex } = context.surroundings;
  const request = {
    storage,
    directory,
    owner: context.owner,
    clock,
    randomHex,
    patience: LEASE_PATIENCE_MS,
    signal,
  };
  return withLease(request, work);
}

/**
 * Changes the directory's control file. The definitions in it follow the catalog; those of a task that was removed
 * there stay as the file has them. A missing file is begun anew where the task is known, else nothing is written.
 */
export async function changeControl(
  context: EngineContext,
  held: HeldDirectory,
  change: (control: ControlFile) => ControlFile,
  signal: AbortSignal,
  identities: Identities = {},
): Promise<void> {
  const { storage, directory, lease } = held;
  await updateControl(
    storage,
    directory,
    lease,
    (old) => {
      const control = currentControl(context, held, old, identities);
      return control === undefined ? undefined : change(control);
    },
    signal,
  );
}

/**
 * The control file as it should be by the catalog's definitions, its other contents taken from `old`; undefined when
 * neither knows the task.
 */
function currentControl(
  context: EngineContext,
  held: Pick<HeldDirectory, 'storageId' | 'task'>,
  old: ControlFile | undefined,
  identities: Identities = {},
): ControlFile | undefined {
  const { catalog, owner, surroundings } = context;
  const task = catalog.tasks.find(held.task.id);
  if (task === undefined) return old;
  const storage = markOf(catalog.storages.get(held.storageId));
  const definitions = {
    task: describeTask(task, catalog.storages.list()),
    cluster: describeTaskCluster(context, task, old, identities),
  };
  const begun = old ?? newControl({ owner, storage, ...definitions, written: surroundings.clock.now() });
  return { ...withStorage(begun, storage), ...definitions };
}

function describeTaskCluster(
  { catalog }: EngineContext,
  task: Task,
  old: ControlFile | undefined,
  identities: Identities,
): ControlFile['cluster'] {
  const known = Object.fromEntries(
    (old?.cluster.services ?? []).map((each) => [each.service, each.identity]),
  );
  return describeCluster(catalog.clusters.get(task.cluster), { ...known, ...identities });
}
