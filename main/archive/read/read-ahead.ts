/**
 * Maps a stream with several calls under way at a time and gives the results in order. When the consumer stops,
 * nothing new is begun and what is under way is left to end by itself.
 */
export async function* readAhead<T, R>(
  items: AsyncIterable<T>,
  atOnce: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const iterator = items[Symbol.asyncIterator]();
  const underWay: Promise<R>[] = [];
  let isDone = false;
  try {
    for (;;) {
      while (!isDone && underWay.length < atOnce) {
        const next = await iterator.next();
        if (next.done === true) isDone = true;
        else {
          const result = work(next.value);
          result.catch(() => undefined);
          underWay.push(result);
        }
      }
      const first = underWay.shift();
      if (first === undefined) return;
      yield await first;
    }
  } finally {
    await iterator.return?.();
  }
}
