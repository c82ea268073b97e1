import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { ShownChild } from '../../../shared/model/listing.ts';
import type { Key } from '../../../shared/order/key.ts';
import { useConnection } from '../../connection/use-connection.ts';
import { type Subject, subjectKey } from '../../ui/target/subject.ts';
import { childReader } from './children.ts';
import { PageCache, type PagedState } from './page-cache.ts';

/**
 * The children of a place for a table, held only around what is in sight. Pages that a lost connection kept from
 * coming are asked for again when it is back; another `round` reads everything anew.
 */
export function usePages(
  subject: Subject,
  parent: Key,
  round: number,
): PagedState<ShownChild> & { readonly retry: () => void } {
  const queries = useQueryClient();
  const id = JSON.stringify([subjectKey(subject), parent, round]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the id stands for what is read.
  const cache = useMemo(() => new PageCache(childReader(queries, subject, parent)), [id]);
  const { state: connected } = useConnection();
  useEffect(() => {
    cache.start();
    return () => cache.close();
  }, [cache]);
  useEffect(() => {
    if (connected === 'open') cache.retry();
  }, [cache, connected]);
  const state = useSyncExternalStore(cache.subscribe, cache.state);
  return { ...state, retry: () => cache.retry() };
}
