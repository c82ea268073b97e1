import type { ShownChild } from '../../../shared/model/listing.ts';
import type { Key } from '../../../shared/order/key.ts';
import { client } from '../../connection/client.ts';
import { askOf, type Subject } from '../../ui/target/subject.ts';
import type { PageReader } from './page-cache.ts';

/** Reads the children of a place, page by page. */
export function childReader(subject: Subject, parent: Key): PageReader<ShownChild> {
  const ask = { ...askOf(subject), key: [...parent] };
  const read = async (page: { limit: number; offset?: number }, signal: AbortSignal) => {
    const { children, total, next } = await client.explore.place({ ...ask, ...page }, { signal });
    return { rows: children, total, more: next !== undefined };
  };
  return {
    first: (limit, signal) => read({ limit }, signal),
    from: (offset, limit, signal) => read({ offset, limit }, signal),
  };
}
