import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Point, PointArchive } from '../../../shared/model/point.ts';
import type { TaskSource } from '../../../shared/model/task.ts';
import { openArchive } from '../../archive/index.ts';
import type { Storage } from '../../storages/contract.ts';
import { usingStorage } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { withoutArchives } from '../control/contents.ts';
import { byteSourceOf } from '../points/byte-source.ts';
import type { ScannedStorage } from '../rescan/read-archives.ts';
import { refreshDirectory } from '../rescan/refresh-directory.ts';
import { heldPoints } from '../restore/held-points.ts';
import { changeControl, directoryOf, type HeldDirectory, usingTaskDirectory } from '../task-directory.ts';
import { chooseRemovals } from './choose.ts';

/**
 * Removes the sets of a task's source beyond its maximum copies, those that other installations made included. A point
 * that a restore holds is as good as pinned. `justMade` is the archive that this run added.
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
  const gone = await refreshDirectory(context, context.catalog.storages.get(source.storage), held, signal);
  const beingRestored = await heldPoints(context);
  const stored = context.catalog.points.archivesIn(source.storage, task.id);
  const candidates = stored
    .filter(({ archive }) => archive.service === source.service && directoryOf(archive.path) === directory)
    .map(({ point, archive }) => {
      const { created, pinned } = context.catalog.points.get(point);
      return { archive, created, pinned: pinned || beingRestored.has(point) };
    });
  const removals = chooseRemovals(candidates, source.maximumCopies, justMade);
  const archives = removals.flatMap((id) =>
    candidates.flatMap(({ archive }) => (archive.id === id ? [archive] : [])),
  );
  await removeArchives(context, held, archives, gone, signal);
  return archives.length;
}

/**
 * Removes a recovery point's archives from all its storages.
 * @throws HoldfastError `engine.point-pinned`, `engine.point-held` when a restore needs it, or `engine.needed-by-others`
 *   when an increment of another point builds on one of its archives.
 */
export async function removePoint(context: EngineContext, point: Point, signal: AbortSignal): Promise<void> {
  await refuseKept(context, point);
  for (const [storageId, archives] of Map.groupBy(point.archives, (archive) => archive.storage)) {
    const config = context.catalog.storages.get(storageId);
    await usingStorage(context, config, signal, (storage) =>
      removeFrom(context, { config, storage }, point, archives, signal),
    );
  }
}

async function removeFrom(
  context: EngineContext,
  { config, storage }: ScannedStorage,
  point: Point,
  archives: readonly PointArchive[],
  signal: AbortSignal,
): Promise<void> {
  for (const [directory, together] of Map.groupBy(archives, (archive) => directoryOf(archive.path))) {
    await usingTaskDirectory(context, storage, directory, signal, async (lease, leaseSignal) => {
      const held = { storage, storageId: config.id, directory, task: { id: point.task }, lease };
      const gone = await refreshDirectory(context, config, held, leaseSignal);
      // Another installation may have pinned it, built on it, or removed it.
      const now = context.catalog.points.find(point.id);
      if (now === undefined) return;
      await refuseKept(context, now);
      await removeArchives(context, held, together, gone, leaseSignal);
    });
  }
}

async function refuseKept(context: EngineContext, point: Point): Promise<void> {
  const { id, pinned } = point;
  if (pinned) throw new HoldfastError('engine.point-pinned', { point: id });
  const run = (await heldPoints(context)).get(id);
  if (run !== undefined) throw new HoldfastError('engine.point-held', { point: id, run });
  refuseNeeded(context, point);
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
 * `gone` are ids that the control file names and that are gone already.
 */
async function removeArchives(
  context: EngineContext,
  held: HeldDirectory,
  archives: readonly PointArchive[],
  gone: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (const archive of archives) {
    if (await isStill(held.storage, archive, signal)) await removeFiles(held, archive, signal);
    context.catalog.points.removeArchive(archive.id);
  }
  const ids = [...gone, ...archives.map((archive) => archive.id)];
  if (ids.length === 0) return;
  await changeControl(context, held, (control) => withoutArchives(control, ids), signal);
}

/** The path may be another archive's by now: one that cannot be opened is taken for ours when its size is. */
async function isStill(
  storage: Storage,
  { id, path, size }: PointArchive,
  signal: AbortSignal,
): Promise<boolean> {
  const found = await storage.stat(path, signal);
  if (found === undefined) return true;
  try {
    const { manifest } = await openArchive(await byteSourceOf(storage, path, signal), { signal });
    return manifest.id === id;
  } catch (error) {
    if (!(error instanceof HoldfastError) || error.category !== 'integrity') throw error;
    return found.size === size;
  }
}

async function removeFiles(
  { storage, lease }: HeldDirectory,
  { path }: PointArchive,
  signal: AbortSignal,
): Promise<void> {
  await lease.confirm();
  for (const file of [path, `${path}.sha256`, `${path}.md5`]) await storage.remove(file, signal);
}
