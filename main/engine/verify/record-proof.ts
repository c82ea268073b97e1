import type { PointArchive } from '../../../shared/model/point.ts';
import { usingStorage } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { withProof } from '../control/contents.ts';
import { changeControl, directoryOf, usingTaskDirectory } from '../task-directory.ts';

type Proof = NonNullable<PointArchive['verified']>;

/** Keeps what a verification found in the catalog and, so that every installation knows, in the control file. */
export async function recordProof(
  context: EngineContext,
  archive: PointArchive,
  proof: Proof,
  signal: AbortSignal,
): Promise<void> {
  context.catalog.points.verified(archive.id, proof);
  const task = context.catalog.tasks.find(context.catalog.points.findArchive(archive.id)?.point.task ?? '');
  if (task === undefined) return;
  const directory = directoryOf(archive.path);
  await usingStorage(context, context.catalog.storages.get(archive.storage), signal, (storage) =>
    usingTaskDirectory(context, storage, directory, signal, (lease, leaseSignal) =>
      changeControl(
        context,
        { storage, directory, task, lease },
        (control) => withProof(control, { archive: archive.id, ...proof }),
        leaseSignal,
      ),
    ),
  );
}
