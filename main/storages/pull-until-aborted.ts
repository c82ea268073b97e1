import { untilAborted } from '../../shared/abort.ts';

/**
 * The items of `items`, until the signal fires: then its reason is thrown, even while the next item is being
 * waited for. The source is told to end, but a source that hangs is not waited for.
 */
export async function* pullUntilAborted<T>(
  items: AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  let open = true;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const result = await untilAborted(iterator.next(), signal).catch((error) => {
        // A source that failed has ended; one that we stopped waiting for has not.
        open = signal?.aborted === true;
        throw error;
      });
      if (result.done === true) {
        open = false;
        return;
      }
      yield result.value;
    }
  } finally {
    if (open) await endSource(iterator, signal);
  }
}

async function endSource(iterator: AsyncIterator<unknown>, signal: AbortSignal | undefined): Promise<void> {
  const ended = Promise.resolve(iterator.return?.());
  if (signal?.aborted !== true) await ended;
  else ended.catch(() => undefined);
}
