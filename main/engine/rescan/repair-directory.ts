import type { ErrorCategory } from '../../../shared/errors/category.ts';
import { explainError, HoldfastError } from '../../../shared/errors/error.ts';
import { say } from '../../../shared/messages/message.ts';
import type { EngineContext } from '../context.ts';
import { usingTaskDirectory } from '../task-directory.ts';
import { controlGap, isGap } from './control-gap.ts';
import type { Findings } from './findings.ts';
import { type FoundControl, findControl } from './found-control.ts';
import { archivePaths, type DirectoryListing, listDirectory } from './listing.ts';
import type { FoundFile, ScannedStorage } from './read-archives.ts';
import { lacksChecksums, repairChecksums } from './repair-checksums.ts';
import { repairControl } from './repair-control.ts';

const TOLERATED: ReadonlySet<ErrorCategory> = new Set(['auth', 'capacity', 'conflict']);

/** A directory as it was read; by now it may be different. */
export interface ReadDirectory {
  readonly listing: DirectoryListing;
  readonly control: FoundControl;
  /** Archives of ours that can be read. */
  readonly files: readonly FoundFile[];
}

/**
 * Writes what a crash left out of a directory with archives of ours, under its lease. Where that cannot be done (a
 * storage that is read only or full, another installation at work) it says so: what is there has been read all the
 * same.
 */
export async function repairDirectory(
  context: EngineContext,
  { config, storage }: ScannedStorage,
  read: ReadDirectory,
  findings: Findings,
  signal: AbortSignal,
): Promise<void> {
  const task = taskOf(read);
  tellUnusable(context, read, task, findings);
  if (!needsRepair(context, config.id, read, task)) return;
  const { directory } = read.listing;
  try {
    await usingTaskDirectory(context, storage, directory, signal, async (lease, leaseSignal) => {
      const held = { storage, storageId: config.id, directory, task: { id: task }, lease };
      const now = await readAgain(held.storage, read, leaseSignal);
      const { listing, control, files } = now;
      await repairChecksums(storage, listing, files, lease, findings, leaseSignal);
      if (!needsNote(context, config.id, now, task)) return;
      await repairControl(context, held, listing, control, findings, leaseSignal);
    });
  } catch (error) {
    if (!(error instanceof HoldfastError) || !TOLERATED.has(error.category)) throw error;
    findings.notes.push(say('rescan.not-repaired', { directory, problem: explainError(error).message }));
  }
}

/** Retention may have been at work until the lease was ours. */
async function readAgain(
  storage: ScannedStorage['storage'],
  { listing: { directory }, files }: ReadDirectory,
  signal: AbortSignal,
): Promise<ReadDirectory> {
  const listing = await listDirectory(storage, directory, signal);
  const present = archivePaths(listing);
  return {
    listing,
    control: await findControl(storage, directory, signal),
    files: files.filter(({ archive }) => present.has(archive.path)),
  };
}

function needsRepair(context: EngineContext, storage: string, read: ReadDirectory, task: string): boolean {
  const ours = read.files.length > 0 || read.control.state !== 'absent';
  return (ours && lacksChecksums(read.listing, read.files)) || needsNote(context, storage, read, task);
}

function needsNote(
  context: EngineContext,
  storage: string,
  { listing, control }: ReadDirectory,
  task: string,
): boolean {
  if (!canNote(context, control, task)) return false;
  return control.state === 'damaged' || isGap(controlGap(context, storage, listing, control.content));
}

/** A new control file needs the task's definition; one that a newer version wrote is left to it. */
function canNote({ catalog }: EngineContext, { state }: FoundControl, task: string): boolean {
  return state === 'sound' || (state !== 'too-new' && catalog.tasks.find(task) !== undefined);
}

function tellUnusable(
  context: EngineContext,
  { listing: { directory }, control }: ReadDirectory,
  task: string,
  { damaged, notes }: Findings,
): void {
  if (canNote(context, control, task)) return;
  const { problem = '' } = control;
  if (control.state === 'damaged') damaged.push(say('rescan.control-damaged', { problem }));
  else if (control.state === 'too-new') notes.push(say('rescan.control-too-new', { problem }));
  else if (task !== '') notes.push(say('rescan.no-control', { directory }));
}

function taskOf({ control, files }: ReadDirectory): string {
  return control.content?.task.id ?? files.find(({ manifest }) => manifest.task)?.manifest.task?.id ?? '';
}
