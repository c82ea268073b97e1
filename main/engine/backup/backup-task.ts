import { HoldfastError, reportError } from '../../../shared/errors/error.ts';
import type { ControlPoint } from '../../../shared/model/control.ts';
import type { Point } from '../../../shared/model/point.ts';
import type { Run } from '../../../shared/model/run.ts';
import type { Task, TaskSource } from '../../../shared/model/task.ts';
import { usingService, usingStorage } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { markOf, withPoint } from '../control/contents.ts';
import { retainSource } from '../retain/retain.ts';
import type { RunRecorder } from '../runs/run-recorder.ts';
import { changeControl, directoryOf, taskDirectory, usingTaskDirectory } from '../task-directory.ts';
import { type BackedUp, backupSource } from './backup-source.ts';

/**
 * Runs a task once: every source into an archive, then the recovery point into catalog and control files, then
 * retention. One source that fails does not stop the others; the run is then incomplete.
 * @throws HoldfastError `engine.task-busy`
 */
export function startBackup(context: EngineContext, task: Task, reason: Run['reason']): Run {
  return context.runs.start(
    { kind: 'backup', reason, task: task.id, cluster: task.cluster },
    (recorder, signal) => backupTask(context, task, recorder, signal),
  );
}

async function backupTask(
  context: EngineContext,
  task: Task,
  recorder: RunRecorder,
  signal: AbortSignal,
): Promise<void> {
  if (task.policy.kind !== 'full') recorder.log('info', 'this run is a full backup, whatever the policy');
  const made = await captureAll(context, task, recorder, signal);
  const point = recoveryPoint(context, task, recorder, made);
  context.catalog.points.put(point);
  recorder.attach({ point: point.id });
  for (const source of task.sources) await finishSource(context, task, source, point, made, recorder, signal);
}

async function captureAll(
  context: EngineContext,
  task: Task,
  recorder: RunRecorder,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, BackedUp>> {
  const made = new Map<string, BackedUp>();
  const problems: string[] = [];
  let failure: unknown;
  for (const source of task.sources) {
    try {
      made.set(source.service, await captureOne(context, task, source, recorder, signal));
    } catch (error) {
      signal.throwIfAborted();
      const { message, remedy } = reportError(error);
      failure = error;
      problems.push(`${source.service}: ${message}`);
      recorder.log('error', `${source.service}: ${message}. ${remedy}`);
      recorder.conclude('incomplete');
    }
  }
  if (made.size > 0) return made;
  if (task.sources.length === 1) throw failure;
  throw new HoldfastError('engine.all-sources-failed', { problems }, failure);
}

function captureOne(
  context: EngineContext,
  task: Task,
  source: TaskSource,
  recorder: RunRecorder,
  signal: AbortSignal,
): Promise<BackedUp> {
  const cluster = context.catalog.clusters.get(task.cluster);
  const config = context.catalog.storages.get(source.storage);
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
          ...(source.key === undefined ? {} : { key: source.key }),
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

function recoveryPoint(
  context: EngineContext,
  task: Task,
  recorder: RunRecorder,
  made: ReadonlyMap<string, BackedUp>,
): Point {
  const archives = [...made.values()].map(({ archive }) => archive);
  return {
    id: recorder.id,
    task: task.id,
    taskName: task.name,
    cluster: task.cluster,
    clusterName: context.catalog.clusters.get(task.cluster).name,
    created: recorder.run.started,
    pinned: false,
    complete: made.size === task.sources.length && archives.every((archive) => archive.complete),
    archives,
  };
}

/** Writes the point into the source's control file and, when the source came out whole, removes old sets. */
async function finishSource(
  context: EngineContext,
  task: Task,
  source: TaskSource,
  point: Point,
  made: ReadonlyMap<string, BackedUp>,
  recorder: RunRecorder,
  signal: AbortSignal,
): Promise<void> {
  const own = made.get(source.service);
  if (own === undefined) return;
  const config = context.catalog.storages.get(source.storage);
  const directory = directoryOf(own.archive.path);
  const identities = Object.fromEntries([...made].map(([service, { identity }]) => [service, identity]));
  await recorder.during('retain', source.service, (step) =>
    usingStorage(context, config, signal, (storage) =>
      usingTaskDirectory(context, storage, directory, signal, async (lease, leaseSignal) => {
        const held = { storage, storageId: config.id, directory, task, lease };
        const control = controlPoint(context, point);
        await changeControl(context, held, (old) => withPoint(old, control), leaseSignal, identities);
        if (!own.archive.complete) return;
        const removed = await retainSource(context, source, held, own.archive.id, leaseSignal);
        step.progress(removed);
        recorder.count('removed', removed);
      }),
    ),
  );
}

export function controlPoint(context: EngineContext, point: Point): ControlPoint {
  return {
    id: point.id,
    created: point.created,
    complete: point.complete,
    archives: point.archives.map((archive) => ({
      id: archive.id,
      service: archive.service,
      storage: markOf(context.catalog.storages.get(archive.storage)),
      path: archive.path,
      size: archive.size,
      sha256: archive.sha256,
    })),
  };
}
