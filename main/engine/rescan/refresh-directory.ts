import type { ControlFile } from '../../../shared/model/control.ts';
import type { PointArchive } from '../../../shared/model/point.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import type { EngineContext } from '../context.ts';
import { readControl } from '../control/control-file.ts';
import { directoryOf, type HeldDirectory } from '../task-directory.ts';
import { controlGap } from './control-gap.ts';
import { Findings } from './findings.ts';
import { archivePaths, listDirectory } from './listing.ts';
import { readArchives } from './read-archives.ts';
import { rebuildPoints } from './rebuild-points.ts';

/**
 * Brings the catalog in step with one task directory: what other installations made, removed and pinned there, and
 * what a run of ours that died left. To be called under the lease before anything there is chosen to be removed:
 * only archives that are new to the catalog are read. Gives the ids of archives that the control file names and that
 * are gone. What cannot be read is no candidate for removal; a rescan names it.
 */
export async function refreshDirectory(
  context: EngineContext,
  config: StorageConfig,
  { storage, directory }: HeldDirectory,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { catalog } = context;
  const { points } = catalog;
  const known = knownArchives(context, config.id, directory);
  const control = await readControl(storage, directory, signal);
  const listing = await listDirectory(storage, directory, signal);
  const present = archivePaths(listing);
  const noted = notedArchives(control, config.id, directory);
  const unknown = new Set(present);
  for (const { id, path } of known) {
    // A name that became free may be given again within the same second: the control file knows to which archive.
    if (present.has(path) && (noted.get(path) ?? id) === id) unknown.delete(path);
    else points.removeArchive(id);
  }
  const findings = new Findings();
  const files = await readArchives(catalog, { config, storage }, unknown, control, findings, signal);
  rebuildPoints(context, files, control, findings);
  if (control === undefined) return [];
  followPins(context, control);
  return controlGap(context, config.id, listing, control).gone;
}

function knownArchives({ catalog }: EngineContext, storage: string, directory: string): PointArchive[] {
  return catalog.points
    .archivesIn(storage)
    .map(({ archive }) => archive)
    .filter(({ path }) => directoryOf(path) === directory);
}

/** The archives of this directory that the control file has: ids by path. */
function notedArchives(
  control: ControlFile | undefined,
  storage: string,
  directory: string,
): ReadonlyMap<string, string> {
  const own = new Set([storage, control?.storage?.id]);
  const archives = (control?.points ?? []).flatMap((point) => point.archives);
  const here = archives.filter((each) => own.has(each.storage.id) && directoryOf(each.path) === directory);
  return new Map(here.map(({ path, id }) => [path, id]));
}

function followPins({ catalog }: EngineContext, control: ControlFile): void {
  for (const { id } of control.points) {
    const pinned = control.pins.includes(id);
    const known = catalog.points.find(id);
    if (known !== undefined && known.pinned !== pinned) catalog.points.pin(id, pinned);
  }
}
