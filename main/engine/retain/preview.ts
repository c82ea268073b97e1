import { HoldfastError } from '../../../shared/errors/error.ts';
import type { RetentionFate, RetentionPreview } from '../../../shared/model/estimate.ts';
import type { Task, TaskSource } from '../../../shared/model/task.ts';
import type { EngineContext } from '../context.ts';
import { heldPoints } from '../restore/held-points.ts';
import { directoryOf, taskDirectory } from '../task-directory.ts';
import { chooseRemovals, type RetainedArchive } from './choose.ts';

/** Another number of copies than the task's source has. */
export interface CopiesWish {
  readonly service: string;
  readonly maximumCopies: number;
}

/** What retention would remove of a task's archives as they are now. Nothing is touched, no storage asked. */
export async function previewRetention(
  context: EngineContext,
  task: Task,
  wishes: readonly CopiesWish[],
): Promise<RetentionPreview[]> {
  const known = task.sources.map(({ service }) => service);
  const stranger = wishes.find(({ service }) => !known.includes(service));
  if (stranger !== undefined) {
    const { service } = stranger;
    throw new HoldfastError('engine.no-service', { where: task.name, service, known: known.join(', ') });
  }
  const held = await heldPoints(context);
  return task.sources.map((source) => {
    const wish = wishes.find(({ service }) => service === source.service);
    return previewSource(context, task, source, wish?.maximumCopies ?? source.maximumCopies, held);
  });
}

function previewSource(
  { catalog }: EngineContext,
  task: Task,
  { service, storage, directory }: TaskSource,
  maximumCopies: number,
  held: ReadonlyMap<string, string>,
): RetentionPreview {
  const place = taskDirectory(task, directory);
  const archives = catalog.points
    .archivesIn(storage, task.id)
    .filter(({ archive }) => archive.service === service && directoryOf(archive.path) === place)
    .map(({ point, archive }) => ({ point, archive, ...stateOf(catalog.points.get(point), held) }))
    .toReversed();
  const removed = new Set(
    chooseRemovals(
      archives.map(({ archive, created, keptFor }) => ({ archive, created, pinned: keptFor !== undefined })),
      maximumCopies,
      '',
    ),
  );
  const fates = archives.map(({ point, archive, created, keptFor }) => ({
    point,
    archive: archive.id,
    created,
    bytes: archive.size,
    fate: removed.has(archive.id) ? 'removed' : (keptFor ?? countedAs(archive)),
  }));
  const bytes = (of: (fate: RetentionFate) => boolean) =>
    fates.reduce((sum, each) => sum + (of(each.fate) ? each.bytes : 0), 0);
  return {
    service,
    maximumCopies,
    archives: fates,
    keptBytes: bytes((fate) => fate !== 'removed'),
    removedBytes: bytes((fate) => fate === 'removed'),
  };
}

function stateOf(
  { id, created, pinned }: { id: string; created: string; pinned: boolean },
  held: ReadonlyMap<string, string>,
): { readonly created: string; readonly keptFor?: 'pinned' | 'restoring' } {
  if (pinned) return { created, keptFor: 'pinned' };
  return held.has(id) ? { created, keptFor: 'restoring' } : { created };
}

function countedAs({ complete, verified }: RetainedArchive['archive']): RetentionFate {
  return complete && verified?.sound !== false ? 'copy' : 'not-counted';
}
