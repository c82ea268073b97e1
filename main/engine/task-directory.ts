import type { ControlFile } from '../../shared/model/control.ts';
import type { Task } from '../../shared/model/task.ts';
import { taskDirectoryName } from '../archive/index.ts';
import type { Storage } from '../storages/contract.ts';
import { joinPath } from './backup/archive-target.ts';
import type { EngineContext } from './context.ts';
import { newControl } from './control/contents.ts';
import { updateControl } from './control/control-file.ts';
import { type Lease, withLease } from './control/lease.ts';

const LEASE_PATIENCE_MS = 120_000;

/** The task's own directory in a storage, below the one that its source names. */
export function taskDirectory(task: Pick<Task, 'name' | 'created'>, directory: string): string {
  return joinPath(directory, taskDirectoryName(task.name, new Date(task.created)));
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

/** Changes the directory's control file; a missing one is written anew from the catalog. */
export async function changeControl(
  context: EngineContext,
  storage: Storage,
  directory: string,
  task: Task,
  lease: Lease,
  change: (control: ControlFile) => ControlFile,
  signal: AbortSignal,
): Promise<void> {
  await updateControl(
    storage,
    directory,
    lease,
    (old) => change({ ...(old ?? freshControl(context, task)), ...definitions(context, task) }),
    signal,
  );
}

function definitions(context: EngineContext, task: Task): Pick<ControlFile, 'task' | 'cluster'> {
  const { task: described, cluster } = freshControl(context, task);
  return { task: described, cluster };
}
