import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Place, ShownEntry } from '../../../shared/model/listing.ts';
import type { Key } from '../../../shared/order/key.ts';
import { client } from '../../connection/client.ts';
import { askOf, type Subject, subjectKey } from '../target/subject.ts';

/** Children that come with an entry where they are wanted too: a page of a table, a branch of a tree. */
export const CHILDREN_WITH_ENTRY = 200;

/**
 * An entry and the first of its children. Whoever needs both asks the same query: of a place with very many children
 * that is one request, not two.
 */
export function placeQuery(subject: Subject, key: Key, children: 1 | typeof CHILDREN_WITH_ENTRY) {
  return queryOptions({
    queryKey: [...subjectKey(subject), 'place', key, children],
    queryFn: ({ signal }) =>
      client.explore.place({ ...askOf(subject), key: [...key], limit: children }, { signal }),
  });
}

/** The entry of a key. */
export function useEntry(subject: Subject, key: Key, children: 1 | typeof CHILDREN_WITH_ENTRY = 1) {
  return useQuery({ ...placeQuery(subject, key, children), select: entryOf });
}

/** The entry, and whether anything is below it. */
export interface EntryLook {
  readonly entry: ShownEntry | undefined;
  readonly hasChildren: boolean;
}

function entryOf({ entry, children }: Place): EntryLook {
  return { entry, hasChildren: children.length > 0 };
}

/** Large values are not kept once they are out of sight. */
const VALUE_KEPT_MILLISECONDS = 15_000;

/** A range of an entry's raw value, base64. */
export function useValue(
  subject: Subject,
  key: Key,
  range: { readonly offset: number; readonly length: number },
  enabled = true,
) {
  const { offset, length } = range;
  return useQuery({
    queryKey: [...subjectKey(subject), 'value', key, offset, length],
    queryFn: ({ signal }) =>
      client.explore.value({ ...askOf(subject), key: [...key], offset, length }, { signal }),
    gcTime: VALUE_KEPT_MILLISECONDS,
    enabled,
  });
}
