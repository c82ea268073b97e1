import { explainError } from '../../../shared/errors/error.ts';
import type { Point } from '../../../shared/model/point.ts';
import type { TaskSource } from '../../../shared/model/task.ts';
import type { Storage } from '../../storages/contract.ts';
import { usingStorage } from '../connections.ts';
import { withPoint } from '../control/contents.ts';
import { clearStaleWrites } from '../rescan/stale-writes.ts';
import { retainSource } from '../retain/retain.ts';
import type { StepRecorder } from '../runs/run-recorder.ts';
import { changeControl, directoryOf, usingTaskDirectory } from '../task-directory.ts';
import type { BackedUp } from './backup-source.ts';
import { controlPoint } from './control-point.ts';
import type { TaskRun } from './task-run.ts';

/**
 * Writes the point into the source's control file and, when the source came out whole, removes old sets. The archive
 * is committed already: what fails here makes the run incomplete, the next run or a rescan does it again.
 */
export async function finishSource(
  run: TaskRun,
  source: TaskSource,
  point: Point,
  made: ReadonlyMap<string, BackedUp>,
): Promise<void> {
  const own = made.get(source.service);
  if (own === undefined) return;
  const { recorder, signal } = run;
  try {
    await recorder.during('retain', source.service, (step) => keepBooks(run, source, point, made, own, step));
  } catch (error) {
    signal.throwIfAborted();
    const { message: problem, remedy } = explainError(error);
    recorder.log('error', 'backup.books-failed', { service: source.service, problem, remedy });
    recorder.conclude('incomplete');
  }
}

async function keepBooks(
  run: TaskRun,
  source: TaskSource,
  point: Point,
  made: ReadonlyMap<string, BackedUp>,
  own: BackedUp,
  step: StepRecorder,
): Promise<void> {
  const { context, task, recorder, signal } = run;
  const config = context.catalog.storages.get(source.storage);
  const directory = directoryOf(own.archive.path);
  const identities = Object.fromEntries([...made].map(([service, { identity }]) => [service, identity]));
  await usingStorage(context, config, signal, async (storage) => {
    await usingTaskDirectory(context, storage, directory, signal, async (lease, leaseSignal) => {
      const held = { storage, storageId: config.id, directory, task, lease };
      const control = controlPoint(context, point);
      await changeControl(context, held, (old) => withPoint(old, control), leaseSignal, identities);
      if (!own.archive.complete) return;
      const removed = await retainSource(context, source, held, own.archive.id, leaseSignal);
      step.progress(removed);
      recorder.count('removed', removed);
    });
    await tidy(run, source, storage);
  });
}

/** What earlier runs left unfinished takes room too. An account that may not look for it does without. */
async function tidy(
  { context, recorder, signal }: TaskRun,
  source: TaskSource,
  storage: Storage,
): Promise<void> {
  try {
    await clearStaleWrites(context, storage, signal);
  } catch (error) {
    signal.throwIfAborted();
    const { message: problem } = explainError(error);
    recorder.log('info', 'backup.no-sweep', { service: source.service, problem });
  }
}
