import { useQuery } from '@tanstack/react-query';
import type { ShownEntry } from '../../../shared/model/listing.ts';
import type { Key } from '../../../shared/order/key.ts';
import { client } from '../../connection/client.ts';
import { askOf, type Subject, subjectKey } from '../target/subject.ts';

/** The entry of a key, and whether anything is below it. */
export interface EntryLook {
  readonly entry: ShownEntry | undefined;
  readonly hasChildren: boolean;
}

export function useEntry(subject: Subject | undefined, key: Key) {
  return useQuery({
    queryKey: [...(subject === undefined ? [] : subjectKey(subject)), 'entry', key],
    queryFn: async ({ signal }): Promise<EntryLook> => {
      if (subject === undefined) return { entry: undefined, hasChildren: false };
      const place = await client.explore.place({ ...askOf(subject), key: [...key], limit: 1 }, { signal });
      return { entry: place.entry, hasChildren: place.children.length > 0 };
    },
    enabled: subject !== undefined,
  });
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
