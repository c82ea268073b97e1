import { say } from '../../../shared/messages/message.ts';
import type { PointArchive } from '../../../shared/model/point.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { Storage } from '../../storages/contract.ts';
import type { Findings } from './findings.ts';
import type { FoundFile } from './read-archives.ts';

/**
 * Takes archives out of the catalog that are not in the storage any more. `known` is what the catalog had before the
 * storage was listed, so that a backup under way cannot lose what it has just added. One that is there and cannot be
 * read stays known: it is damaged, not gone.
 */
export async function dropVanished(
  { points }: Catalog,
  storage: Storage,
  known: readonly PointArchive[],
  present: ReadonlySet<string>,
  files: readonly FoundFile[],
  { repaired }: Findings,
  signal: AbortSignal,
): Promise<void> {
  const idAt = new Map(files.map(({ archive }) => [archive.path, archive.id]));
  const placeOf = new Map(files.map(({ archive }) => [archive.id, archive.path]));
  for (const { id, path } of known) {
    // It was moved within the storage and has its new place by now.
    if (placeOf.has(id)) continue;
    const replaced = (idAt.get(path) ?? id) !== id;
    if (!replaced && (present.has(path) || (await storage.stat(path, signal)) !== undefined)) continue;
    points.removeArchive(id);
    repaired.push(say('rescan.vanished', { path }));
  }
}
