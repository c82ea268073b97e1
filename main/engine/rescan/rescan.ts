import { explainError, HoldfastError } from '../../../shared/errors/error.ts';
import { say } from '../../../shared/messages/message.ts';
import type { ControlFile } from '../../../shared/model/control.ts';
import type { PointArchive } from '../../../shared/model/point.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import { usingStorage } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { adoptDefinitions } from './adopt-definitions.ts';
import { Copies } from './copies.ts';
import { dropVanished } from './drop-vanished.ts';
import { Findings } from './findings.ts';
import { findControl } from './found-control.ts';
import { archivePaths, type DirectoryListing, listDirectories, listDirectory } from './listing.ts';
import { type FoundFile, readArchives, type ScannedStorage } from './read-archives.ts';
import { rebuildPoints } from './rebuild-points.ts';
import { type ReadDirectory, repairDirectory } from './repair-directory.ts';
import { clearStaleWrites } from './stale-writes.ts';
import type { ControlPlace } from './storage-of-source.ts';

/** What a storage holds, and what there is to say about it. */
export interface RescanReport extends Findings {
  /** Tasks that were new here. */
  readonly tasks: number;
  readonly points: number;
  readonly archives: number;
}

/**
 * Makes the catalog say what the storage holds. The storage is the truth: points and archives that the catalog
 * does not know are added, those that are gone are dropped, and definitions of an installation that was lost come
 * back from the control files, without their secrets. What a crash left out of the storage is written. Damage is
 * named and stays as it is. Backups may run meanwhile.
 * @throws HoldfastError when the storage fails: nothing is dropped on its word then
 */
export async function rescanStorage(
  context: EngineContext,
  config: StorageConfig,
  signal: AbortSignal,
): Promise<RescanReport> {
  return usingStorage(context, config, signal, async (storage) => {
    const findings = new Findings();
    const known = context.catalog.points.archivesIn(config.id).map(({ archive }) => archive);
    const listings = await listDirectories(storage, signal);
    const scan = new Scan(context, { config, storage }, known, listings, findings);
    for (const listing of listings) await scan.directory(listing, signal);
    await scan.dropVanished(signal);
    await tidy(context, { config, storage }, findings, signal);
    noteRescan(context, config.id);
    return scan.report();
  });
}

function noteRescan({ catalog, surroundings }: EngineContext, id: string): void {
  catalog.transaction(() => {
    const config = catalog.storages.find(id);
    // It may have been removed meanwhile.
    if (config === undefined) return;
    catalog.storages.update({ ...config, rescanned: surroundings.clock.now().toISOString() });
  });
}

/** Comes last and may fail: what is there has been read all the same. */
async function tidy(
  context: EngineContext,
  { storage }: ScannedStorage,
  { repaired, notes }: Findings,
  signal: AbortSignal,
): Promise<void> {
  try {
    const swept = await clearStaleWrites(context, storage, signal);
    if (swept > 0) repaired.push(say('rescan.swept', { count: swept }));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof HoldfastError)) throw error;
    notes.push(say('rescan.no-sweep', { problem: explainError(error).message }));
  }
}

/** One pass over a storage. */
class Scan {
  readonly #context: EngineContext;
  readonly #scanned: ScannedStorage;
  readonly #known: readonly PointArchive[];
  readonly #present: ReadonlySet<string>;
  readonly #copies: Copies;
  readonly #findings: Findings;
  readonly #read: ReadDirectory[] = [];
  #tasks = 0;
  #points = 0;

  constructor(
    context: EngineContext,
    scanned: ScannedStorage,
    known: readonly PointArchive[],
    listings: readonly DirectoryListing[],
    findings: Findings,
  ) {
    this.#context = context;
    this.#scanned = scanned;
    this.#known = known;
    this.#present = new Set(listings.flatMap((listing) => [...archivePaths(listing)]));
    this.#copies = new Copies(known, this.#present);
    this.#findings = findings;
  }

  /** Takes over what a directory says, and puts right what a crash left in it. */
  async directory(listing: DirectoryListing, signal: AbortSignal): Promise<void> {
    const { directory } = listing;
    const { config, storage } = this.#scanned;
    const control = await findControl(storage, directory, signal);
    this.#adopt(control.content, { config, directory });
    const paths = archivePaths(listing);
    const found = await readArchives(
      this.#context.catalog,
      this.#scanned,
      paths,
      control.content,
      this.#findings,
      signal,
    );
    const files = this.#copies.without(found, this.#findings);
    // Reading takes its time, in which retention may have removed something.
    const still = archivePaths(await listDirectory(storage, directory, signal));
    const there = files.filter(({ archive }) => still.has(archive.path));
    this.#points += rebuildPoints(this.#context, there, control.content, this.#findings);
    const read = { listing, control, files: there };
    this.#read.push(read);
    await repairDirectory(this.#context, this.#scanned, read, this.#findings, signal);
  }

  async dropVanished(signal: AbortSignal): Promise<void> {
    await dropVanished(
      this.#context.catalog,
      this.#scanned.storage,
      this.#known,
      this.#present,
      this.#files,
      this.#findings,
      signal,
    );
  }

  report(): RescanReport {
    const { repaired, damaged, notes } = this.#findings;
    return {
      tasks: this.#tasks,
      points: this.#points,
      archives: this.#files.length,
      repaired,
      damaged,
      notes,
    };
  }

  get #files(): readonly FoundFile[] {
    return this.#read.flatMap((directory) => directory.files);
  }

  #adopt(control: ControlFile | undefined, place: ControlPlace): void {
    if (control === undefined) return;
    const { task, notes } = adoptDefinitions(this.#context, control, place);
    if (task) this.#tasks++;
    this.#findings.notes.push(...notes);
  }
}
