/**
 * Settles as `work` does, but rejects with the signal's reason as soon as it fires. The work itself may go on
 * unseen: for calls that cannot be stopped, such as asking somebody else's iterator for its next chunk.
 */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

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
