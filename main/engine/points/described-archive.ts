import type { JsonObject } from '../../../shared/model/entry.ts';
import type { Manifest } from '../../../shared/model/manifest.ts';
import type { PointArchive } from '../../../shared/model/point.ts';

/** What an archive says of itself, as the catalog keeps it. */
export function describeArchive(
  manifest: Manifest,
): Omit<PointArchive, 'storage' | 'path' | 'size' | 'sha256' | 'signer' | 'verified'> {
  return {
    id: manifest.id,
    source: manifest.source.id,
    service: manifest.source.service,
    version: manifest.source.version,
    set: manifest.set,
    parent: manifest.parent?.id ?? null,
    complete: manifest.complete,
    encrypted: manifest.encryption !== null,
    position: manifest.position as JsonObject,
    counts: manifest.counts,
    notes: manifest.notes,
  };
}
