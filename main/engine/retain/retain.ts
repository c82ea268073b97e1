import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Point, PointArchive } from '../../../shared/model/point.ts';
import type { Task, TaskSource } from '../../../shared/model/task.ts';
import type { Storage } from '../../storages/contract.ts';
import { usingStorage } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { withoutArchives } from '../control/contents.ts';
import { changeControl, directoryOf, type HeldDirectory, usingTaskDirectory } from '../task-directory.ts';
import { chooseRemovals } from './choose.ts';

/**
 * Removes the sets of a task's source beyond its maximum copies. `justMade` is the archive that this run added.
 * Gives the number of archives removed.
 */
export async function retainSource(
  context: EngineContext,
  source: TaskSource,
  held: HeldDirectory,
  justMade: string,
  signal: AbortSignal,
): Promise<number> {
  const { task, directory } = held;
  const stored = context.catalog.points.archivesIn(source.storage, task.id);
  const candidates = stored
    .filter(({ archive }) => archive.service === source.service && directoryOf(archive.path) === directory)
    .map(({ point, archive }) => {
      const { created, pinned } = context.catalog.points.get(point);
      return { archive, created, pinned };
    });
  const removals = chooseRemovals(candidates, source.maximumCopies, justMade);
  const archives = removals.flatMap((id) =>
    candidates.flatMap(({ archive }) => (archive.id === id ? [archive] : [])),
  );
  await removeArchives(context, held, archives, signal);
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
  const task = context.catalog.tasks.get(point.task);
  for (const [storageId, archives] of Map.groupBy(point.archives, (archive) => archive.storage)) {
    const config = context.catalog.storages.get(storageId);
    await usingStorage(context, config, signal, (storage) =>
      removeFrom(context, storage, task, archives, signal),
    );
  }
}

async function removeFrom(
  context: EngineContext,
  storage: Storage,
  task: Task,
  archives: readonly PointArchive[],
  signal: AbortSignal,
): Promise<void> {
  for (const [directory, together] of Map.groupBy(archives, (archive) => directoryOf(archive.path))) {
    await usingTaskDirectory(context, storage, directory, signal, (lease, leaseSignal) =>
      removeArchives(context, { storage, directory, task, lease }, together, leaseSignal),
    );
  }
}

function refuseNeeded(context: EngineContext, point: Point): void {
  const own = new Set(point.archives.map((archive) => archive.id));
  for (const { storage } of point.archives) {
    const needed = context.catalog.points
      .archivesIn(storage)
      .some(({ archive }) => archive.parent !== null && own.has(archive.parent) && !own.has(archive.id));
    if (needed) throw new HoldfastError('engine.needed-by-others', { point: point.id });
  }
}

/**
 * Removes archives with their checksum files, confirming the lease before each. The archive goes first: what a
 * crash leaves behind is a checksum without a file, which a rescan clears away, never a file that looks whole.
 */
async function removeArchives(
  context: EngineContext,
  held: HeldDirectory,
  archives: readonly PointArchive[],
  signal: AbortSignal,
): Promise<void> {
  if (archives.length === 0) return;
  for (const archive of archives) {
    await held.lease.confirm();
    await held.storage.remove(archive.path, signal);
    await held.storage.remove(`${archive.path}.sha256`, signal);
    await held.storage.remove(`${archive.path}.md5`, signal);
    context.catalog.points.removeArchive(archive.id);
  }
  const ids = archives.map((archive) => archive.id);
  await changeControl(context, held, (control) => withoutArchives(control, ids), signal);
}
