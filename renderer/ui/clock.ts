import { useSyncExternalStore } from 'react';

const TICK_MILLISECONDS = 10_000;

let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK_MILLISECONDS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

/** Epoch milliseconds that move on every ten seconds: one timer for every age on screen. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
