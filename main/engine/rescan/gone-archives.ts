import type { ControlFile } from '../../../shared/model/control.ts';
import { directoryOf } from '../task-directory.ts';

/**
 * Ids of archives that a control file names and that are not in its directory any more: their remover died before
 * it noted that. `present` holds the ids of those that are.
 */
export function goneArchives(
  { points }: ControlFile,
  storageId: string,
  directory: string,
  present: ReadonlySet<string>,
): readonly string[] {
  return points
    .flatMap((point) => point.archives)
    .filter(({ storage, path }) => storage.id === storageId && directoryOf(path) === directory)
    .flatMap(({ id }) => (present.has(id) ? [] : [id]));
}
