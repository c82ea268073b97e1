import { say } from '../../../shared/messages/message.ts';
import type { ControlFile } from '../../../shared/model/control.ts';
import { type Point, point } from '../../../shared/model/point.ts';
import type { EngineContext } from '../context.ts';
import type { Findings } from './findings.ts';
import type { FoundFile } from './read-archives.ts';

/**
 * Puts archives into the catalog as points, one per run that made them. One-off archives make none. What archives say
 * of themselves nobody vouches for: those that make no proper point are named and left out. Gives the points' number.
 */
export function rebuildPoints(
  context: EngineContext,
  files: readonly FoundFile[],
  control: ControlFile | undefined,
  findings: Findings,
): number {
  const scheduled = files.filter(({ manifest }) => manifest.run !== null && manifest.task !== null);
  const runs = Map.groupBy(scheduled, ({ manifest }) => manifest.run?.id ?? '');
  let points = 0;
  for (const [run, together] of runs) {
    const fitting = withoutMisfits(context, run, together, control, findings);
    if (fitting.length === 0) continue;
    context.catalog.points.put(rebuildPoint(context, run, fitting, control));
    points++;
  }
  return points;
}

/** The files that make a proper point, each by itself and with those before it. */
function withoutMisfits(
  context: EngineContext,
  run: string,
  files: readonly FoundFile[],
  control: ControlFile | undefined,
  { damaged }: Findings,
): readonly FoundFile[] {
  let task = context.catalog.points.find(run)?.task;
  return files.filter((file) => {
    const { path } = file.archive;
    const result = point.safeParse(rebuildPoint(context, run, [file], control));
    const [issue] = result.error?.issues ?? [];
    if (issue !== undefined) {
      damaged.push(say('rescan.left-out', { path, problem: `${issue.path.join('.')}: ${issue.message}` }));
      return false;
    }
    task ??= file.manifest.task?.id;
    if (task === file.manifest.task?.id) return true;
    damaged.push(say('rescan.another-task', { path, run }));
    return false;
  });
}

/** What the catalog or another storage already gave to the same point stays in it. */
function rebuildPoint(
  context: EngineContext,
  run: string,
  files: readonly FoundFile[],
  control: ControlFile | undefined,
): Point {
  const [first] = files as [FoundFile];
  const known = context.catalog.points.find(run);
  const noted = control?.points.find((each) => each.id === run);
  const found = new Set(files.map(({ archive }) => archive.id));
  const others = (known?.archives ?? []).filter((archive) => !found.has(archive.id));
  const archives = [...others, ...files.map(({ archive }) => archive)];
  const task = first.manifest.task?.id ?? '';
  const whole = archives.length >= expectedArchives(context, task, noted);
  return {
    id: run,
    task,
    taskName: first.manifest.task?.name ?? '',
    cluster: first.manifest.cluster.id,
    clusterName: first.manifest.cluster.name,
    created: noted?.created ?? known?.created ?? first.manifest.created,
    pinned: control?.pins.includes(run) ?? known?.pinned ?? false,
    complete: (noted?.complete ?? true) && whole && archives.every((archive) => archive.complete),
    archives,
  };
}

/** A run that died between two of its sources is in no control file: then the task tells how many there are. */
function expectedArchives(
  { catalog }: EngineContext,
  task: string,
  noted: ControlFile['points'][number] | undefined,
): number {
  return noted?.archives.length ?? catalog.tasks.find(task)?.sources.length ?? 1;
}
