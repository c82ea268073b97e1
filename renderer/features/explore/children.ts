import type { QueryClient } from '@tanstack/react-query';
import type { ShownChild } from '../../../shared/model/listing.ts';
import type { Key } from '../../../shared/order/key.ts';
import { client } from '../../connection/client.ts';
import { CHILDREN_WITH_ENTRY, placeQuery } from '../../ui/entry/use-entry.ts';
import { askOf, type Subject } from '../../ui/target/subject.ts';
import type { PageReader } from './page-cache.ts';

/** Reads the children of a place, page by page; the first page is also what tree and entry are shown from. */
export function childReader(queries: QueryClient, subject: Subject, parent: Key): PageReader<ShownChild> {
  const ask = { ...askOf(subject), key: [...parent] };
  const read = async (page: { limit: number; offset?: number }, signal: AbortSignal) => {
    const { children, total, next } = await client.explore.place({ ...ask, ...page }, { signal });
    return { rows: children, total, more: next !== undefined };
  };
  return {
    first: async () => {
      const { children, total, next } = await queries.fetchQuery(
        placeQuery(subject, parent, CHILDREN_WITH_ENTRY),
      );
      return { rows: children, total, more: next !== undefined };
    },
    from: (offset, limit, signal) => read({ offset, limit }, signal),
  };
}
