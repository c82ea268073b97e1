import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Point } from '../../../shared/model/point.ts';
import type { Task, TaskSource } from '../../../shared/model/task.ts';
import type { Storage } from '../../storages/contract.ts';
import { usingStorage } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { withoutArchives } from '../control/contents.ts';
import { updateControl } from '../control/control-file.ts';
import { taskLease } from '../control/task-lease.ts';
import { chooseRemovals } from './choose.ts';
import { removeArchives } from './remove-archives.ts';

/** Removes the sets of a task's source beyond its maximum copies. Gives the number of archives removed. */
export async function retainSource(
  context: EngineContext,
  task: Task,
  source: TaskSource,
  storage: Storage,
  directory: string,
  signal: AbortSignal,
): Promise<number> {
  const stored = context.catalog.points.archivesIn(source.storage, task.id);
  const ours = stored.filter(
    ({ archive }) => archive.service === source.service && archive.path.startsWith(`${directory}/`),
  );
  const candidates = ours.map(({ point, archive }) => {
    const { created, pinned } = context.catalog.points.get(point);
    return { archive, created, pinned };
  });
  const removals = new Set(chooseRemovals(candidates, source.maximumCopies));
  if (removals.size === 0) return 0;
  const archives = candidates.map(({ archive }) => archive).filter((archive) => removals.has(archive.id));
  await taskLease(context, storage, directory, signal, async (lease, leaseSignal) => {
    await removeArchives(context, storage, lease, archives, leaseSignal);
    await updateControl(storage, directory, lease, (old) => withoutArchives(old, [...removals]), leaseSignal);
  });
  return archives.length;
}

/**
 * Removes a recovery point's archives from all its storages.
 * @throws HoldfastError `engine.point-pinned`, or `engine.needed-by-others` when an increment of another point
 *   builds on one of its archives.
 */
export async function removePoint(context: EngineContext, point: Point, signal: AbortSignal): Promise<void> {
  if (point.pinned) throw new HoldfastError('engine.point-pinned', { point: point.id });
  refuseNeeded(context, point);
  const byStorage = Map.groupBy(point.archives, (archive) => archive.storage);
  for (const [storageId, archives] of byStorage) {
    const config = context.catalog.storages.get(storageId);
    await usingStorage(context, config, signal, async (storage) => {
      for (const [directory, together] of Map.groupBy(archives, (archive) => directoryOf(archive.path))) {
        await taskLease(context, storage, directory, signal, async (lease, leaseSignal) => {
          await removeArchives(context, storage, lease, together, leaseSignal);
          const ids = together.map((archive) => archive.id);
          await updateControl(storage, directory, lease, (old) => withoutArchives(old, ids), leaseSignal);
        });
      }
    });
  }
  context.catalog.points.remove(point.id);
}

function refuseNeeded(context: EngineContext, point: Point): void {
  const own = new Set(point.archives.map((archive) => archive.id));
  for (const archive of point.archives) {
    const others = context.catalog.points.archivesIn(archive.storage);
    const needed = others.some(({ archive: other }) => other.parent !== null && own.has(other.parent) && !own.has(other.id));
    if (needed) throw new HoldfastError('engine.needed-by-others', { point: point.id });
  }
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
