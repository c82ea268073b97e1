import type { PointArchive } from '../../../shared/model/point.ts';
import type { Storage } from '../../storages/contract.ts';
import type { EngineContext } from '../context.ts';
import type { Lease } from '../control/lease.ts';

/**
 * Removes archives with their checksum files, confirming the lease before each. The archive goes first: what a
 * crash leaves behind is a checksum without a file, which a rescan clears away, never a file that looks whole.
 */
export async function removeArchives(
  context: EngineContext,
  storage: Storage,
  lease: Lease,
  archives: readonly PointArchive[],
  signal: AbortSignal,
): Promise<void> {
  for (const archive of archives) {
    await lease.confirm();
    await storage.remove(archive.path, signal);
    await storage.remove(`${archive.path}.sha256`, signal);
    await storage.remove(`${archive.path}.md5`, signal);
    context.catalog.points.removeArchive(archive.id);
  }
}
