import type { Point } from '../../../shared/model/point.ts';
import type { Run } from '../../../shared/model/run.ts';
import type { Task } from '../../../shared/model/task.ts';
import type { EngineContext } from '../context.ts';
import { keepIdentities } from '../definitions/identities.ts';
import { refuseDuringRestore } from '../restore/under-way.ts';
import type { BackedUp } from './backup-source.ts';
import { captureSources } from './capture-sources.ts';
import { finishSource } from './finish-source.ts';
import type { TaskRun } from './task-run.ts';

/**
 * Runs a task once: every source into an archive, then the recovery point into catalog and control files, then
 * retention. One source that fails does not stop the others; the run is then incomplete. While a restore changes the
 * cluster there is nothing to keep: neither the state before it nor the one after it.
 * @throws HoldfastError `engine.task-busy`, `engine.restore-under-way`
 */
export function startBackup(context: EngineContext, task: Task, reason: Run['reason']): Run {
  refuseDuringRestore(context, task.cluster);
  return context.runs.start(
    { kind: 'backup', reason, task: task.id, cluster: task.cluster },
    (recorder, signal) => backupTask({ context, task, recorder, signal }),
  );
}

async function backupTask(run: TaskRun): Promise<void> {
  const { task, recorder } = run;
  if (task.policy.kind !== 'full') recorder.log('info', 'backup.full-anyway');
  const made = new Map<string, BackedUp>();
  try {
    await captureSources(run, made);
  } finally {
    // Also when cancelled: what was committed is a point, though not a complete one.
    if (made.size > 0) keepPoint(run, made);
  }
  const point = run.context.catalog.points.get(recorder.id);
  for (const source of task.sources) await finishSource(run, source, point, made);
}

function keepPoint(run: TaskRun, made: ReadonlyMap<string, BackedUp>): void {
  const { context, task } = run;
  const identities = [...made].map(([service, { identity }]) => [service, identity] as const);
  context.catalog.points.put(recoveryPoint(run, made));
  keepIdentities(context, task.cluster, new Map(identities));
  run.recorder.attach({ point: run.recorder.id });
}

function recoveryPoint({ context, task, recorder }: TaskRun, made: ReadonlyMap<string, BackedUp>): Point {
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
