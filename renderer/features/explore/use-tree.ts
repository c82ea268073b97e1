import { useQueries } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Key } from '../../../shared/order/key.ts';
import { client } from '../../connection/client.ts';
import { askOf, type Subject, subjectKey } from '../../ui/target/subject.ts';
import { type Branch, placesAbove, type TreeRow, treeId, treeRows } from './tree-model.ts';

/** Children that the tree shows of a place at most: it is for finding one's way, the table has them all. */
const MOST_SHOWN = 200;

/** The rows of the tree, and ways to open and close places. What leads to `current` is open. */
export function useTree(
  subject: Subject,
  current: Key,
): { readonly rows: readonly TreeRow[]; readonly toggle: (key: Key, open?: boolean) => void } {
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(() => new Set([treeId([])]));
  useEffect(() => {
    setExpanded((before) => {
      const ids = placesAbove(current).map(treeId);
      return ids.every((id) => before.has(id)) ? before : new Set([...before, ...ids]);
    });
  }, [current]);
  const open = useMemo(() => [...expanded], [expanded]);
  const branches = useQueries({
    queries: open.map((id) => ({
      queryKey: [...subjectKey(subject), 'branch', id],
      queryFn: ({ signal }: { signal: AbortSignal }) => readBranch(subject, id, signal),
    })),
    combine: (results) =>
      new Map(results.flatMap(({ data }, i) => (data === undefined ? [] : [[open[i] ?? '', data] as const]))),
  });
  const rows = useMemo(() => treeRows({ expanded, branches, current }), [expanded, branches, current]);
  const toggle = (key: Key, wanted?: boolean) =>
    setExpanded((before) => {
      const id = treeId(key);
      const after = new Set(before);
      if (wanted ?? !before.has(id)) after.add(id);
      else after.delete(id);
      return after;
    });
  return { rows, toggle };
}

async function readBranch(subject: Subject, id: string, signal: AbortSignal): Promise<Branch> {
  const key = JSON.parse(id) as string[];
  const { children, next } = await client.explore.place(
    { ...askOf(subject), key, limit: MOST_SHOWN },
    { signal },
  );
  return { children, more: next !== undefined };
}
