import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { ShownChild } from '../../../shared/model/listing.ts';
import type { Key } from '../../../shared/order/key.ts';
import { client } from '../../connection/client.ts';
import { askOf, type Subject, subjectKey } from '../../ui/target/subject.ts';

const PAGE_CHILDREN = 500;

/** Children of one place as far as they were asked for. */
export interface Branch {
  readonly children: readonly ShownChild[];
  /** Whether there are others; `loading`: they are on their way. */
  readonly more: boolean | 'loading';
}

export interface Branches {
  /** By key as JSON; a place that is open and not in it is being read. */
  readonly branches: ReadonlyMap<string, Branch>;
  readonly open: ReadonlySet<string>;
  /** Why a place could not be read. */
  readonly error: unknown;
  readonly retry: () => void;
  readonly toggle: (key: Key, wanted?: boolean) => void;
  readonly showMore: (key: Key) => void;
}

/** The open places of a point and what is below them, page by page. */
export function useBranches(subject: Subject): Branches {
  const [pages, setPages] = useState<ReadonlyMap<string, number>>(() => new Map([['[]', 1]]));
  const ids = [...pages.keys()];
  const queries = useQueryClient();
  const queryKey = (id: string, count: number) => [...subjectKey(subject), 'ticks', id, count];
  const { branches, failed } = useQueries({
    queries: [...pages].map(([id, count]) => ({
      queryKey: queryKey(id, count),
      queryFn: ({ signal }: { signal: AbortSignal }) => readBranch(subject, id, count, signal),
      staleTime: Number.POSITIVE_INFINITY,
      placeholderData: () => stillShown(queries.getQueryData<Branch>(queryKey(id, count - 1))),
      retry: false,
    })),
    combine: (results) => ({
      branches: new Map(
        results.flatMap(({ data }, i) => (data === undefined ? [] : [[ids[i] ?? '', data] as const])),
      ),
      failed: results.find(({ error }) => error !== null),
    }),
  });
  const open = useMemo(() => new Set(pages.keys()), [pages]);
  return {
    branches,
    open,
    error: failed?.error,
    retry: () => void failed?.refetch(),
    toggle: (key, wanted) =>
      setPages((before) => {
        const after = new Map(before);
        const id = JSON.stringify(key);
        if (wanted ?? !before.has(id)) after.set(id, before.get(id) ?? 1);
        else after.delete(id);
        return after;
      }),
    showMore: (key) =>
      setPages((before) => {
        const id = JSON.stringify(key);
        return new Map(before).set(id, (before.get(id) ?? 1) + 1);
      }),
  };
}

/** What was there already stays in sight while more of it is read. */
function stillShown(before: Branch | undefined): Branch | undefined {
  return before && { ...before, more: 'loading' };
}

async function readBranch(subject: Subject, id: string, pages: number, signal: AbortSignal): Promise<Branch> {
  const children: ShownChild[] = [];
  let after: string | undefined;
  for (let page = 0; page < pages; page++) {
    const place = await client.explore.place(
      {
        ...askOf(subject),
        key: JSON.parse(id) as string[],
        limit: PAGE_CHILDREN,
        ...(after === undefined ? {} : { after }),
      },
      { signal },
    );
    children.push(...place.children);
    after = place.next;
    if (after === undefined) break;
  }
  return { children, more: after !== undefined };
}
