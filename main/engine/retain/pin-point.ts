import type { Point } from '../../../shared/model/point.ts';
import { usingStorage } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { withPin } from '../control/contents.ts';
import { changeControl, directoryOf, usingTaskDirectory } from '../task-directory.ts';

/** Pins a point or lifts its pin: in every control file that knows it, then in the catalog. */
export async function pinPoint(
  context: EngineContext,
  point: Point,
  pinned: boolean,
  signal: AbortSignal,
): Promise<Point> {
  for (const { storage: storageId, path } of point.archives) {
    const directory = directoryOf(path);
    await usingStorage(context, context.catalog.storages.get(storageId), signal, (storage) =>
      usingTaskDirectory(context, storage, directory, signal, (lease, leaseSignal) =>
        changeControl(
          context,
          { storage, storageId, directory, task: { id: point.task }, lease },
          (control) => withPin(control, point.id, pinned),
          leaseSignal,
        ),
      ),
    );
  }
  context.catalog.points.pin(point.id, pinned);
  return context.catalog.points.get(point.id);
}
