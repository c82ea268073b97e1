import { createHook } from 'node:async_hooks';

/** How many asynchronous operations a process has begun: promises, file and network requests, timers. */
export interface Operations {
  readonly count: number;
}

/**
 * Counts the asynchronous operations that this process begins from now on, and kills it as `kill -9` would with the
 * `last` of them: a moment that is about the same each time, wherever in the work it lies.
 */
export function dieAfter(last: number): Operations {
  const operations = { count: 0 };
  createHook({
    init: () => {
      if (++operations.count === last) process.kill(process.pid, 'SIGKILL');
    },
  }).enable();
  return operations;
}
