/** Does work for every item, several at once, and gives the results in the order of the items. */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  ahead: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const iterator = items[Symbol.iterator]();
  const underWay: Promise<Result>[] = [];
  const fill = (): void => {
    while (underWay.length < ahead) {
      const next = iterator.next();
      if (next.done === true) return;
      underWay.push(handled(work(next.value)));
    }
  };
  for (fill(); underWay.length > 0; fill()) {
    const result = await underWay.shift();
    fill();
    yield result as Result;
  }
}

/**
 * Begins to read at once, up to `ahead` items before they are asked for. Whoever takes such a source must read it to
 * the end or call its `return`, which waits for what is under way.
 */
export function readAhead<T>(items: AsyncIterable<T>, ahead: number): Required<AsyncIterableIterator<T>> {
  const source = items[Symbol.asyncIterator]();
  const waiting: Promise<IteratorResult<T>>[] = [];
  const fill = (): void => {
    while (waiting.length < ahead) waiting.push(handled(source.next()));
  };
  const end = async (): Promise<IteratorResult<T>> => {
    await Promise.allSettled(waiting.splice(0));
    await source.return?.();
    return { done: true, value: undefined };
  };
  fill();
  return {
    next: async () => {
      const result = await (waiting.shift() ?? source.next());
      if (result.done !== true) fill();
      return result;
    },
    return: end,
    throw: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Cuts a list into runs of at most `size`. */
export function* inRuns<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}

/** A rejection is met when the promise is awaited, which may be later. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
