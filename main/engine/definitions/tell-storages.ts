import type { Task } from '../../../shared/model/task.ts';
import type { Storage } from '../../storages/contract.ts';
import { usingStorage } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { readControl } from '../control/control-file.ts';
import { changeControl, taskDirectory, usingTaskDirectory } from '../task-directory.ts';

/** Milliseconds that somebody who renames something waits for the storages. */
const PATIENCE_MS = 20_000;

/**
 * Writes the definitions of tasks into their control files, where there are any: an installation that begins with the
 * storage alone finds them as they are now. It is done as far as the storages can be reached at once; whatever is
 * written into a directory later brings its control file up to date as well. Gives the names of storages that are not.
 */
export async function tellStorages(
  context: EngineContext,
  tasks: readonly Task[],
  signal?: AbortSignal,
): Promise<string[]> {
  const untold: string[] = [];
  const patience = new AbortController();
  const cancel = context.surroundings.clock.after(PATIENCE_MS, () => patience.abort());
  const limited = signal === undefined ? patience.signal : AbortSignal.any([signal, patience.signal]);
  try {
    for (const [id, directories] of directoriesOf(tasks)) {
      const config = context.catalog.storages.find(id);
      // It was removed meanwhile.
      if (config === undefined) continue;
      try {
        await usingStorage(context, config, limited, async (storage) => {
          for (const each of directories) await tellDirectory(context, storage, id, each, limited);
        });
      } catch {
        // Whatever is wrong with the storage, the next run says so and does what was left.
        untold.push(config.name);
      }
    }
  } finally {
    cancel();
  }
  return untold;
}

interface TaskPlace {
  readonly task: Task;
  readonly directory: string;
}

/** The directories of the tasks in each storage that is known here. */
function directoriesOf(tasks: readonly Task[]): ReadonlyMap<string, readonly TaskPlace[]> {
  const byStorage = new Map<string, TaskPlace[]>();
  for (const task of tasks) {
    for (const { storage, unknownStorage, directory: below } of task.sources) {
      if (unknownStorage !== undefined) continue;
      const places = byStorage.get(storage) ?? [];
      const directory = taskDirectory(task, below);
      if (!places.some((place) => place.directory === directory)) places.push({ task, directory });
      byStorage.set(storage, places);
    }
  }
  return byStorage;
}

async function tellDirectory(
  context: EngineContext,
  storage: Storage,
  storageId: string,
  { task, directory }: TaskPlace,
  signal: AbortSignal,
): Promise<void> {
  // A run that is under way holds the directory, and writes the control file at its end.
  if (context.runs.isTaskBusy(task.id)) return;
  if ((await readControl(storage, directory, signal)) === undefined) return;
  await usingTaskDirectory(context, storage, directory, signal, (lease, held) =>
    changeControl(context, { storage, storageId, directory, task, lease }, (control) => control, held),
  );
}
