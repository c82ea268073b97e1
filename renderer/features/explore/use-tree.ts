import { useQueries } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Key } from '../../../shared/order/key.ts';
import { CHILDREN_WITH_ENTRY, placeQuery } from '../../ui/entry/use-entry.ts';
import type { Subject } from '../../ui/target/subject.ts';
import { type Branch, placesAbove, type TreeRow, treeId, treeRows } from './tree-model.ts';

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
    queries: open.map((id) => placeQuery(subject, JSON.parse(id) as string[], CHILDREN_WITH_ENTRY)),
    combine: (results) =>
      new Map(
        results.flatMap(({ data }, i): [string, Branch][] =>
          data === undefined
            ? []
            : [[open[i] ?? '', { children: data.children, more: data.next !== undefined }]],
        ),
      ),
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
