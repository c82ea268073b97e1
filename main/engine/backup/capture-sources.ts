import { asHoldfastError, explainError, HoldfastError } from '../../../shared/errors/error.ts';
import type { TaskSource } from '../../../shared/model/task.ts';
import { usingService, usingStorage } from '../connections.ts';
import { storageOfTask } from '../definitions/tasks.ts';
import { taskDirectory } from '../task-directory.ts';
import { type BackedUp, backupSource } from './backup-source.ts';
import { taskProtection } from './protection.ts';
import type { TaskRun } from './task-run.ts';

/**
 * Captures the sources of a task one after the other into `made`, by service. One that fails does not stop the
 * others and makes the run incomplete.
 * @throws HoldfastError when none could be captured; the signal's reason when aborted, `made` then holding what was
 *   committed before.
 */
export async function captureSources(run: TaskRun, made: Map<string, BackedUp>): Promise<void> {
  const failures: HoldfastError[] = [];
  for (const source of run.task.sources) {
    try {
      made.set(source.service, await captureSource(run, source));
    } catch (error) {
      run.signal.throwIfAborted();
      failures.push(asHoldfastError(error));
      const { message: problem, remedy } = explainError(error);
      run.recorder.log('error', 'backup.source-failed', { service: source.service, problem, remedy });
      run.recorder.conclude('incomplete');
    }
  }
  if (made.size === 0) throw commonFailure(run, failures);
}

/** Failures of one category are one trouble, told by the first; the log has them all. */
function commonFailure({ task }: TaskRun, failures: readonly HoldfastError[]): HoldfastError {
  const first = failures[0] as HoldfastError;
  if (failures.every((failure) => failure.category === first.category)) return first;
  const problems = task.sources.map(({ service }, index) => `${service}: ${failures[index]?.message}`);
  return new HoldfastError('engine.all-sources-failed', { problems }, first);
}

async function captureSource(
  { context, task, recorder, signal }: TaskRun,
  source: TaskSource,
): Promise<BackedUp> {
  const cluster = context.catalog.clusters.get(task.cluster);
  const config = storageOfTask(context, task, source);
  const protection = await taskProtection(context, task, source);
  return usingStorage(context, config, signal, (storage) =>
    usingService(context, cluster, source.service, signal, (open) =>
      backupSource(
        context,
        {
          open,
          selection: source.selection,
          storage,
          storageId: config.id,
          directory: taskDirectory(task, source.directory),
          protection,
          consent: source.consent,
          cluster,
          task,
        },
        recorder,
        signal,
      ),
    ),
  );
}
