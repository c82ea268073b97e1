import { type MessageCode, say } from '../../../shared/messages/message.ts';
import type { ControlFile } from '../../../shared/model/control.ts';
import type { Point } from '../../../shared/model/point.ts';
import type { Storage } from '../../storages/contract.ts';
import { joinPath } from '../backup/archive-target.ts';
import { controlPoint } from '../backup/control-point.ts';
import type { EngineContext } from '../context.ts';
import { withoutArchives, withPin, withPoint, withProof } from '../control/contents.ts';
import { CONTROL_FILE } from '../control/control-file.ts';
import type { Lease } from '../control/lease.ts';
import { changeControl, type HeldDirectory } from '../task-directory.ts';
import { controlGap } from './control-gap.ts';
import type { Findings } from './findings.ts';
import type { FoundControl } from './found-control.ts';
import type { DirectoryListing } from './listing.ts';

/** Makes the control file say what the directory holds. One that is damaged is kept beside the new one. */
export async function repairControl(
  context: EngineContext,
  held: HeldDirectory,
  listing: DirectoryListing,
  found: FoundControl,
  findings: Findings,
  signal: AbortSignal,
): Promise<void> {
  const { storage, storageId, directory, lease } = held;
  const path = joinPath(directory, CONTROL_FILE);
  if (found.state === 'damaged') await setAside(storage, path, lease, signal);
  const change = (control: ControlFile) => {
    const { points, gone } = controlGap(context, storageId, listing, control);
    return points.reduce(noted(context), withoutArchives(control, gone));
  };
  await changeControl(context, held, change, signal);
  findings.repaired.push(say(HOW[found.state], { path }));
}

const HOW = {
  sound: 'rescan.control-updated',
  absent: 'rescan.control-made',
  damaged: 'rescan.control-renewed',
  'too-new': 'rescan.control-updated',
} as const satisfies { readonly [state in FoundControl['state']]: MessageCode };

/** The point with what the catalog knows of its pin and proofs. */
function noted(context: EngineContext): (control: ControlFile, point: Point) => ControlFile {
  return (control, point) => {
    const known = withPoint(control, controlPoint(context, point));
    const pinned = point.pinned ? withPin(known, point.id, true) : known;
    return point.archives.reduce(
      (file, { id, verified }) =>
        verified === undefined ? file : withProof(file, { archive: id, ...verified }),
      pinned,
    );
  };
}

async function setAside(storage: Storage, path: string, lease: Lease, signal: AbortSignal): Promise<void> {
  await storage.write(`${path}.damaged`, storage.read(path, undefined, signal), { signal });
  await lease.confirm();
  await storage.remove(path, signal);
}
