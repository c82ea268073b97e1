import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { printable } from '../../../shared/report/printable.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';

/** Gives the name of a kind of entry as its source calls it. */
export function useKindLabel(): (kind: string | undefined) => string {
  const { pick } = useText();
  const drivers = useQuery(api.drivers.list.queryOptions({ input: {}, staleTime: Number.POSITIVE_INFINITY }));
  const sources = drivers.data?.sources;
  return useCallback(
    (kind) => {
      if (kind === undefined) return '';
      const known = sources?.flatMap(({ kinds }) => kinds).find((each) => each.kind === kind);
      return known === undefined ? printable(kind) : pick(known.label);
    },
    [sources, pick],
  );
}
