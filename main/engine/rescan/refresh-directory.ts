import type { ControlFile } from '../../../shared/model/control.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import { joinPath } from '../backup/archive-target.ts';
import type { EngineContext } from '../context.ts';
import { readControl } from '../control/control-file.ts';
import { directoryOf, type HeldDirectory } from '../task-directory.ts';
import { goneArchives } from './gone-archives.ts';
import { archiveNames, listDirectories } from './listing.ts';
import { readArchives } from './read-archives.ts';
import { rebuildPoints } from './rebuild-points.ts';

/**
 * Brings the catalog in step with one task directory: what other installations made, removed and pinned there, and
 * what a run of ours that died left. To be called under the lease before anything there is chosen to be removed:
 * only archives that are new to the catalog are read. Gives the ids of archives that the control file names and that
 * are gone.
 */
export async function refreshDirectory(
  context: EngineContext,
  config: StorageConfig,
  { storage, directory }: HeldDirectory,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { points } = context.catalog;
  const control = await readControl(storage, directory, signal);
  const listings = await listDirectories(storage, directory, signal);
  const own = listings.find((listing) => listing.directory === directory);
  const present = new Set(
    (own === undefined ? [] : archiveNames(own)).map((name) => joinPath(directory, name)),
  );
  const known = points.archivesIn(config.id).filter(({ archive }) => directoryOf(archive.path) === directory);
  for (const { archive } of known) if (!present.has(archive.path)) points.removeArchive(archive.id);
  const unknown = present.difference(new Set(known.map(({ archive }) => archive.path)));
  const { files } = await readArchives({ config, storage }, [...unknown], control, signal);
  rebuildPoints(context, files, control);
  if (control === undefined) return [];
  followPins(context, control);
  const left = points.archivesIn(config.id).map(({ archive }) => archive.id);
  return goneArchives(control, config.id, directory, new Set(left));
}

function followPins({ catalog }: EngineContext, control: ControlFile): void {
  for (const { id } of control.points) {
    const pinned = control.pins.includes(id);
    const known = catalog.points.find(id);
    if (known !== undefined && known.pinned !== pinned) catalog.points.pin(id, pinned);
  }
}
