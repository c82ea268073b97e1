import type { ControlFile } from '../../../shared/model/control.ts';
import type { Point } from '../../../shared/model/point.ts';
import type { EngineContext } from '../context.ts';
import type { FoundFile } from './read-archives.ts';

/** Puts archives into the catalog as points, one per run that made them. One-off archives make none. */
export function rebuildPoints(
  context: EngineContext,
  files: readonly FoundFile[],
  control: ControlFile | undefined,
): number {
  const runs = Map.groupBy(
    files.filter(({ manifest }) => manifest.run !== null && manifest.task !== null),
    ({ manifest }) => manifest.run?.id ?? '',
  );
  for (const [run, together] of runs)
    context.catalog.points.put(rebuildPoint(context, run, together, control));
  return runs.size;
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
  const noted = control?.points.find((point) => point.id === run);
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
