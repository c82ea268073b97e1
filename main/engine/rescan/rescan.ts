import type { ControlFile } from '../../../shared/model/control.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import type { Storage } from '../../storages/contract.ts';
import { usingStorage } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { CONTROL_FILE, readControl } from '../control/control-file.ts';
import { directoryOf } from '../task-directory.ts';
import { adoptDefinitions } from './adopt-definitions.ts';
import { rebuildPoints } from './rebuild-points.ts';
import { type DirectoryListing, repairChecksums } from './repair-checksums.ts';

export interface RescanReport {
  readonly tasks: number;
  readonly points: number;
  readonly archives: number;
  /** What was missing or left over and has been put right, one sentence each. */
  readonly repaired: readonly string[];
}

const STALE_WRITE_MS = 24 * 60 * 60_000;

/**
 * Makes the catalog say what the storage holds. The storage is the truth: points and archives that the catalog
 * does not know are added, those that are gone are dropped, and definitions of an installation that was lost come
 * back from the control files, without their secrets. Checksum files that a crash left out are written.
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
    let tasks = 0;
    let points = 0;
    const seen = new Set<string>();
    for (const listing of await listDirectories(storage, signal)) {
      const control = await readUsable(storage, listing, repaired, signal);
      if (control !== undefined && adoptDefinitions(context, control, config)) tasks++;
      repaired.push(...(await repairChecksums(storage, listing, signal)));
      const rebuilt = await rebuildPoints(context, config, storage, listing, control, repaired, signal);
      points += rebuilt.points;
      for (const id of rebuilt.archives) seen.add(id);
    }
    dropVanished(context, config, seen, repaired);
    return { tasks, points, archives: seen.size, repaired };
  });
}

/** Directories with archives or a control file; the lease's own directory is not one. */
async function listDirectories(storage: Storage, signal: AbortSignal): Promise<readonly DirectoryListing[]> {
  const files = new Map<string, string[]>();
  for await (const { path } of storage.list('', signal)) {
    const directory = directoryOf(path);
    const name = path.slice(directory === '' ? 0 : directory.length + 1);
    if (!name.includes('.tar.gz') && name !== CONTROL_FILE) continue;
    const names = files.get(directory) ?? [];
    names.push(name);
    files.set(directory, names);
  }
  return [...files].map(([directory, names]) => ({ directory, names: new Set(names) }));
}

/** A control file that is damaged is named and done without: the archives say most of what it held. */
async function readUsable(
  storage: Storage,
  { directory, names }: DirectoryListing,
  repaired: string[],
  signal: AbortSignal,
): Promise<ControlFile | undefined> {
  if (!names.has(CONTROL_FILE)) return undefined;
  try {
    return await readControl(storage, directory, signal);
  } catch (error) {
    signal.throwIfAborted();
    repaired.push(
      `${directory}: ${error instanceof Error ? error.message : String(error)}; read the archives instead`,
    );
    return undefined;
  }
}

function dropVanished(
  context: EngineContext,
  config: StorageConfig,
  seen: ReadonlySet<string>,
  repaired: string[],
): void {
  for (const { archive } of context.catalog.points.archivesIn(config.id)) {
    if (seen.has(archive.id)) continue;
    context.catalog.points.removeArchive(archive.id);
    repaired.push(`${archive.path} is no longer in the storage`);
  }
}
