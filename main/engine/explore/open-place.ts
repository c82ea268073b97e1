import type { OpenService } from '../open-service.ts';
import type { ServiceRecords } from '../points/found-archive.ts';

/** Something that is looked into. */
export type OpenPlace =
  | { readonly of: 'stored'; readonly open: ServiceRecords }
  | { readonly of: 'live'; readonly open: OpenService };

/** The driver's id, of whatever is open. */
export function sourceOf(place: OpenPlace): string {
  return place.of === 'stored' ? place.open.manifest.source.id : place.open.driver.id;
}
