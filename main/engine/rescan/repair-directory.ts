import type { ErrorCategory } from '../../../shared/errors/category.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { EngineContext } from '../context.ts';
import { usingTaskDirectory } from '../task-directory.ts';
import type { DirectoryListing } from './listing.ts';
import type { FoundFile, ScannedStorage } from './read-archives.ts';
import { lacksChecksums, repairChecksums } from './repair-checksums.ts';
import { controlGap, type FoundControl, repairControl } from './repair-control.ts';

const TOLERATED: ReadonlySet<ErrorCategory> = new Set(['auth', 'capacity', 'conflict']);

/**
 * Writes what a crash left out of a directory with archives of ours, under its lease. Where that cannot be done (a
 * storage that is read only or full, another installation at work) it says so: what is there has been read all the
 * same. Gives what was done, one sentence each.
 */
export async function repairDirectory(
  context: EngineContext,
  scanned: ScannedStorage,
  listing: DirectoryListing,
  files: readonly FoundFile[],
  control: FoundControl,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { directory } = listing;
  const { config, storage } = scanned;
  const task = control.content?.task.id ?? taskOf(files);
  const gap = controlGap(context, config.id, directory, control);
  const ours = files.length > 0 || control.content !== undefined;
  const checksums = ours && lacksChecksums(listing, files);
  const noting = canNote(context, control, task) && gap.points.length + gap.gone.length > 0;
  if (!checksums && !noting) return [];
  try {
    return await usingTaskDirectory(context, storage, directory, signal, async (lease, leaseSignal) => {
      const held = { storage, storageId: config.id, directory, task: { id: task }, lease };
      const written = checksums ? await repairChecksums(storage, listing, files, leaseSignal) : [];
      const noted = noting ? await repairControl(context, held, control, gap, leaseSignal) : [];
      return [...written, ...noted];
    });
  } catch (error) {
    if (!(error instanceof HoldfastError) || !TOLERATED.has(error.category)) throw error;
    return [`${directory} was not repaired: ${error.message}`];
  }
}

function taskOf(files: readonly FoundFile[]): string {
  return files.find(({ manifest }) => manifest.task !== null)?.manifest.task?.id ?? '';
}

/** A new control file needs the task's definition; one that a newer version wrote is left to it. */
function canNote({ catalog }: EngineContext, { state }: FoundControl, task: string): boolean {
  return state === 'sound' || (state !== 'too-new' && catalog.tasks.find(task) !== undefined);
}
