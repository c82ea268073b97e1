import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until `check` gives something other than undefined and returns it. Asks again every 25 ms; after
 * `seconds` throws, naming `what` was awaited.
 */
export async function until<T>(
  what: string,
  check: () => Promise<T | undefined> | T | undefined,
  seconds = 60,
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const value = await check();
    if (value !== undefined) return value;
    if (performance.now() > deadline) throw new Error(`waited ${seconds} s in vain for ${what}`);
    await delay(25);
  }
}
