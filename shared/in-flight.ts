/**
 * Does the work for every item, at most `limit` at once, taking items only as places get free. The first failure ends
 * it, after what was under way.
 */
export async function forEachInFlight<T>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  let failed = false;
  const serve = async (): Promise<void> => {
    for (let next = iterator.next(); next.done !== true && !failed; next = iterator.next()) {
      try {
        await work(next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: limit }, serve));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
