import type { ErrorCategory } from '../../../shared/errors/category.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { PointArchive } from '../../../shared/model/point.ts';
import { usingStorage } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { withProof } from '../control/contents.ts';
import { changeControl, directoryOf, usingTaskDirectory } from '../task-directory.ts';

const TOLERATED: ReadonlySet<ErrorCategory> = new Set(['auth', 'capacity', 'network', 'conflict']);

type Proof = NonNullable<PointArchive['verified']>;

/**
 * Keeps what a verification found in the catalog and, so that every installation knows, in the control file. A
 * storage that cannot be written to (a mounted copy, a full disk) does not make a verification fail.
 */
export async function recordProof(
  context: EngineContext,
  archive: PointArchive,
  proof: Proof,
  signal: AbortSignal,
): Promise<void> {
  context.catalog.points.verified(archive.id, proof);
  const task = context.catalog.points.findArchive(archive.id)?.point.task;
  if (task === undefined) return;
  try {
    await writeProof(context, archive, task, proof, signal);
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
