import type { ControlFile } from '../../../shared/model/control.ts';
import type { Point } from '../../../shared/model/point.ts';
import type { EngineContext } from '../context.ts';
import { directoryOf } from '../task-directory.ts';
import { archivePaths, type DirectoryListing } from './listing.ts';

/** What a control file says otherwise than its directory does. */
export interface ControlGap {
  /** Points that it does not know: made by a run that died before it noted them. */
  readonly points: readonly Point[];
  /** Ids of archives that it names and that are gone: their remover died before it noted that. */
  readonly gone: readonly string[];
}

/** Compares a control file with its directory and with what the catalog, just rebuilt, knows of it. */
export function controlGap(
  { catalog }: EngineContext,
  storage: string,
  listing: DirectoryListing,
  control: ControlFile | undefined,
): ControlGap {
  const present = archivePaths(listing);
  const here = catalog.points.archivesIn(storage).filter(({ archive }) => present.has(archive.path));
  const noted = new Set(control?.points.flatMap((point) => point.archives.map(({ id }) => id)));
  const unknown = new Set(here.filter(({ archive }) => !noted.has(archive.id)).map(({ point }) => point));
  const idAt = new Map(here.map(({ archive: { path, id } }) => [path, id]));
  const own = new Set([storage, control?.storage?.id]);
  return {
    points: [...unknown].map((id) => catalog.points.get(id)),
    gone: (control?.points ?? [])
      .flatMap((point) => point.archives)
      .filter((archive) => own.has(archive.storage.id) && directoryOf(archive.path) === listing.directory)
      // A file that is there and cannot be read is damaged, not gone.
      .filter(({ id, path }) => !present.has(path) || (idAt.get(path) ?? id) !== id)
      .map(({ id }) => id),
  };
}

export function isGap({ points, gone }: ControlGap): boolean {
  return points.length + gone.length > 0;
}
