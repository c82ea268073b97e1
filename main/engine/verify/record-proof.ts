import type { ErrorCategory } from '../../../shared/errors/category.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Verification } from '../../../shared/model/listing.ts';
import type { PointArchive } from '../../../shared/model/point.ts';
import type { Proof } from '../../../shared/model/proof.ts';
import { usingStorage } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { withProof } from '../control/contents.ts';
import type { FoundArchive } from '../points/found-archive.ts';
import { changeControl, directoryOf, usingTaskDirectory } from '../task-directory.ts';

const TOLERATED: ReadonlySet<ErrorCategory> = new Set(['auth', 'capacity', 'network', 'conflict']);

/** Keeps what a verification found in the catalog, where that knows the archive; gives the proof then. */
export function noteProof(
  { catalog, surroundings }: EngineContext,
  { catalogued }: FoundArchive,
  { level, sound }: Verification,
): Proof | undefined {
  if (catalogued === undefined) return undefined;
  const proof = { at: surroundings.clock.now().toISOString(), level, sound };
  catalog.points.verified(catalogued.id, proof);
  return proof;
}

/**
 * Keeps it in the control file too, so that every installation knows. A storage that cannot be written to (a mounted
 * copy, a full disk) does not make a verification fail.
 */
export async function recordProof(
  context: EngineContext,
  archive: FoundArchive,
  verification: Verification,
  signal: AbortSignal,
): Promise<void> {
  const { catalogued } = archive;
  const proof = noteProof(context, archive, verification);
  if (catalogued === undefined || proof === undefined) return;
  const task = context.catalog.points.findArchive(catalogued.id)?.point.task;
  if (task === undefined) return;
  try {
    await writeProof(context, catalogued, task, proof, signal);
  } catch (error) {
    if (!(error instanceof HoldfastError) || !TOLERATED.has(error.category)) throw error;
  }
}

async function writeProof(
  context: EngineContext,
  archive: PointArchive,
  task: string,
  proof: Proof,
  signal: AbortSignal,
): Promise<void> {
  const directory = directoryOf(archive.path);
  await usingStorage(context, context.catalog.storages.get(archive.storage), signal, (storage) =>
    usingTaskDirectory(context, storage, directory, signal, (lease, leaseSignal) =>
      changeControl(
        context,
        { storage, storageId: archive.storage, directory, task: { id: task }, lease },
        (control) => withProof(control, { archive: archive.id, ...proof }),
        leaseSignal,
      ),
    ),
  );
}
