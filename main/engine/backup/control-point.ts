import type { ControlPoint } from '../../../shared/model/control.ts';
import type { Point } from '../../../shared/model/point.ts';
import type { EngineContext } from '../context.ts';
import { markOf } from '../control/contents.ts';

/** The point as a control file has it. */
export function controlPoint(context: EngineContext, point: Point): ControlPoint {
  return {
    id: point.id,
    created: point.created,
    complete: point.complete,
    archives: point.archives.map((archive) => ({
      id: archive.id,
      service: archive.service,
      storage: markOf(context.catalog.storages.get(archive.storage)),
      path: archive.path,
      size: archive.size,
      sha256: archive.sha256,
    })),
  };
}
