import { HoldfastError } from '../../../shared/errors/error.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import { joinPath } from '../backup/archive-target.ts';
import { usingStorage } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { CONTROL_FILE, readControl } from '../control/control-file.ts';
import { adoptDefinitions } from './adopt-definitions.ts';
import { archiveNames, type DirectoryListing, listDirectories } from './listing.ts';
import { type FoundFile, readArchives, type ScannedStorage } from './read-archives.ts';
import { rebuildPoints } from './rebuild-points.ts';
import type { FoundControl } from './repair-control.ts';
import { repairDirectory } from './repair-directory.ts';

export interface RescanReport {
  readonly tasks: number;
  readonly points: number;
  readonly archives: number;
  /** What was missing, left over, damaged, not ours or is to be completed by somebody, one sentence each. */
  readonly repaired: readonly string[];
}

const STALE_WRITE_MS = 24 * 60 * 60_000;

/**
 * Makes the catalog say what the storage holds. The storage is the truth: points and archives that the catalog
 * does not know are added, those that are gone are dropped, and definitions of an installation that was lost come
 * back from the control files, without their secrets. What a crash left out of the storage is written.
 */
export async function rescanStorage(
  context: EngineContext,
  config: StorageConfig,
  signal: AbortSignal,
): Promise<RescanReport> {
  return usingStorage(context, config, signal, async (storage) => {
    const repaired: string[] = [];
    const now = context.surroundings.clock.now().getTime();
    const swept = await storage.sweep(new Date(now - STALE_WRITE_MS), signal);
    if (swept > 0) repaired.push(`${swept} unfinished writes were cleared away`);
    const scanned = { config, storage };
    const listings = await listDirectories(storage, '', signal);
    const directories: ReadDirectory[] = [];
    for (const listing of listings) directories.push(await readDirectory(context, scanned, listing, signal));
    const files = directories.flatMap((directory) => directory.files);
    for (const { named } of directories) repaired.push(...named);
    repaired.push(...dropVanished(context, config, listings, files));
    for (const { listing, files: own, control } of directories) {
      repaired.push(...(await repairDirectory(context, scanned, listing, own, control, signal)));
    }
    return {
      tasks: directories.filter(({ adopted }) => adopted).length,
      points: directories.reduce((sum, { points }) => sum + points, 0),
      archives: files.length,
      repaired,
    };
  });
}

interface ReadDirectory {
  readonly listing: DirectoryListing;
  readonly control: FoundControl;
  readonly files: readonly FoundFile[];
  /** Points that its archives belong to. */
  readonly points: number;
  /** Whether its task was new. */
  readonly adopted: boolean;
  /** What is damaged, not ours or to be completed by somebody, one sentence each. */
  readonly named: readonly string[];
}

/** Takes over what a directory says; nothing in it is changed. */
async function readDirectory(
  context: EngineContext,
  scanned: ScannedStorage,
  listing: DirectoryListing,
  signal: AbortSignal,
): Promise<ReadDirectory> {
  const named: string[] = [];
  const control = await findControl(scanned, listing, named, signal);
  const { content } = control;
  const place = { config: scanned.config, directory: listing.directory };
  const adoption = content === undefined ? undefined : adoptDefinitions(context, content, place);
  named.push(...(adoption?.notes ?? []));
  const paths = archiveNames(listing).map((name) => joinPath(listing.directory, name));
  const { files, leftOut } = await readArchives(scanned, paths, content, signal);
  const points = rebuildPoints(context, files, content);
  return { listing, control, files, points, adopted: adoption?.task === true, named: [...named, ...leftOut] };
}

/** A control file that cannot be used is named and done without: the archives say most of what it held. */
async function findControl(
  { storage }: ScannedStorage,
  { directory, names }: DirectoryListing,
  named: string[],
  signal: AbortSignal,
): Promise<FoundControl> {
  if (!names.has(CONTROL_FILE)) return { content: undefined, state: 'absent' };
  try {
    return { content: await readControl(storage, directory, signal), state: 'sound' };
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    const state = UNUSABLE.get(error.code);
    if (state === undefined) throw error;
    named.push(`${error.message}; the archives were read instead`);
    return { content: undefined, state };
  }
}

const UNUSABLE: ReadonlyMap<string, 'damaged' | 'too-new'> = new Map([
  ['engine.control-damaged', 'damaged'],
  ['engine.control-too-new', 'too-new'],
]);

/** An archive that is there and cannot be read stays known: it is damaged, not gone. */
function dropVanished(
  context: EngineContext,
  config: StorageConfig,
  listings: readonly DirectoryListing[],
  files: readonly FoundFile[],
): readonly string[] {
  const present = new Set(
    listings.flatMap((listing) => archiveNames(listing).map((name) => joinPath(listing.directory, name))),
  );
  const found = new Map(files.map(({ archive }) => [archive.path, archive.id]));
  return context.catalog.points.archivesIn(config.id).flatMap(({ archive: { id, path } }) => {
    if (present.has(path) && (found.get(path) ?? id) === id) return [];
    context.catalog.points.removeArchive(id);
    return [`${path} is no longer in the storage`];
  });
}
