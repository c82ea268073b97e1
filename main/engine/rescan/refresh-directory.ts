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
  for (const { id } of stale(known, present)) points.removeArchive(id);
  const unknown = present.difference(new Set(known.map(({ path }) => path)));
  const findings = new Findings();
  const files = await readArchives(catalog, { config, storage }, unknown, control, findings, signal);
  rebuildPoints(context, files, control, findings);
  if (control === undefined) return [];
  followPins(context, control);
  return controlGap(context, config.id, listing, control).gone;
}

/** Oldest point first. */
function knownArchives({ catalog }: EngineContext, storage: string, directory: string): PointArchive[] {
  return catalog.points
    .archivesIn(storage)
    .map(({ archive }) => archive)
    .filter(({ path }) => directoryOf(path) === directory);
}

/** What is gone, and what gave its name, freed within the same second, to a newer archive. */
function stale(known: readonly PointArchive[], present: ReadonlySet<string>): readonly PointArchive[] {
  const newest = new Map(known.map(({ path, id }) => [path, id]));
  return known.filter(({ id, path }) => !present.has(path) || newest.get(path) !== id);
}

function followPins({ catalog }: EngineContext, control: ControlFile): void {
  for (const { id } of control.points) {
    const pinned = control.pins.includes(id);
    const known = catalog.points.find(id);
    if (known !== undefined && known.pinned !== pinned) catalog.points.pin(id, pinned);
  }
}
