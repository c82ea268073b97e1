import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { asOurs } from '../../shared/contract/reported.ts';
import { connection } from './connection.ts';
import { type StreamOptions, type StreamState, StreamStore } from './stream-store.ts';

const world = {
  nextFrame: (callback: () => void) => void requestAnimationFrame(callback),
  whenOpen: (signal: AbortSignal) => connection.whenOpen(signal),
  asError: asOurs,
};

export interface UsedStream<S> extends StreamState<S> {
  readonly start: () => void;
  readonly stop: () => void;
}

/**
 * Follows a stream of the contract for as long as the component is there. Starts by itself unless `manual`, and again
 * whenever `key` changes; at most one React commit a frame; goes on by itself after a lost connection.
 */
export function useStream<T, S>(
  key: string,
  options: StreamOptions<T, S> & { readonly manual?: boolean },
): UsedStream<S> {
  const latest = useRef(options);
  latest.current = options;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for what the options mean.
  const store = useMemo(
    () =>
      new StreamStore<T, S>(
        {
          open: (signal) => latest.current.open(signal),
          initial: latest.current.initial,
          reduce: (state, item) => latest.current.reduce(state, item),
        },
        world,
      ),
    [key],
  );
  const manual = options.manual === true;
  useEffect(() => {
    if (!manual) store.start();
    return () => store.stop();
  }, [store, manual]);
  const state = useSyncExternalStore(store.subscribe, store.state);
  return useMemo(() => ({ ...state, start: () => store.start(), stop: () => store.stop() }), [state, store]);
}
