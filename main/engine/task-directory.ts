import type { ControlFile } from '../../shared/model/control.ts';
import type { JsonObject } from '../../shared/model/entry.ts';
import type { Task } from '../../shared/model/task.ts';
import { taskDirectoryName } from '../archive/index.ts';
import type { Storage } from '../storages/contract.ts';
import { joinPath } from './backup/archive-target.ts';
import type { EngineContext } from './context.ts';
import { describeCluster, describeTask, newControl } from './control/contents.ts';
import { updateControl } from './control/control-file.ts';
import { type Lease, withLease } from './control/lease.ts';

const LEASE_PATIENCE_MS = 120_000;

/** What the services of a cluster said of themselves, by service name. */
export type Identities = { readonly [service: string]: JsonObject };

/** A task's directory in a storage, held by a lease. */
export interface HeldDirectory {
  readonly storage: Storage;
  readonly directory: string;
  readonly task: Task;
  readonly lease: Lease;
}

/** The task's own directory in a storage, below the one that its source names. */
export function taskDirectory(task: Pick<Task, 'name' | 'created'>, directory: string): string {
  return joinPath(directory, taskDirectoryName(task.name, new Date(task.created)));
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

/** Changes the directory's control file. The definitions in it follow the catalog; a missing file is begun anew. */
export async function changeControl(
  context: EngineContext,
  held: HeldDirectory,
  change: (control: ControlFile) => ControlFile,
  signal: AbortSignal,
  identities: Identities = {},
): Promise<void> {
  const { storage, directory, task, lease } = held;
  await updateControl(
    storage,
    directory,
    lease,
    (old) => {
      const followed = definitions(context, task, old, identities);
      const written = context.surroundings.clock.now();
      const begun = old ?? newControl({ owner: context.owner, ...followed, written });
      return change({ ...begun, ...followed });
    },
    signal,
  );
}

function definitions(
  context: EngineContext,
  task: Task,
  old: ControlFile | undefined,
  identities: Identities,
): { task: ControlFile['task']; cluster: ControlFile['cluster'] } {
  const known = Object.fromEntries(
    (old?.cluster.services ?? []).map((each) => [each.service, each.identity]),
  );
  const cluster = context.catalog.clusters.get(task.cluster);
  return {
    task: describeTask(task, context.catalog.storages.list()),
    cluster: describeCluster(cluster, { ...known, ...identities }),
  };
}
