import { expect, test } from 'vitest';
import { PAGE_ROWS, type Page, PageCache } from '../../../renderer/features/explore/page-cache.ts';

const TOTAL = 300_000;

interface Call {
  readonly offset: number | 'first';
  readonly limit: number;
  readonly signal: AbortSignal;
  answer(page: Partial<Page<string>>): Promise<void>;
  fail(error: Error): Promise<void>;
}

/** Answers when the test says so. */
function scripted() {
  const calls: Call[] = [];
  const ask = (offset: number | 'first', limit: number, signal: AbortSignal) => {
    const asked = Promise.withResolvers<Page<string>>();
    const settled = () => asked.promise.then(tick, tick);
    calls.push({
      offset,
      limit,
      signal,
      answer: (page) => {
        const start = offset === 'first' ? 0 : offset;
        const rows = Array.from({ length: limit }, (_, i) => `row ${start + i}`);
        asked.resolve({ rows, more: true, ...page });
        return settled();
      },
      fail: (error) => {
        asked.reject(error);
        return settled();
      },
    });
    return asked.promise;
  };
  const cache = new PageCache<string>({
    first: (signal) => ask('first', PAGE_ROWS, signal),
    from: ask,
  });
  const last = () => {
    const call = calls.at(-1);
    if (call === undefined) throw new Error('nothing was asked for');
    return call;
  };
  return { cache, calls, last };
}

/** Lets what follows a settled promise happen. */
const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

test('the first rows are shown before anybody has counted how many there are', async () => {
  const { cache, calls, last } = scripted();
  expect(cache.state().status).toBe('loading');
  cache.start();
  await last().answer({});
  expect(cache.state()).toMatchObject({ status: 'ready', total: undefined });
  expect(cache.state().source.count).toBe(PAGE_ROWS + 1);
  expect(cache.state().source.at(3)).toBe('row 3');
  expect(calls.map(({ offset }) => offset)).toEqual(['first', 0]);
  await last().answer({ total: TOTAL });
  expect(cache.state()).toMatchObject({ status: 'ready', total: TOTAL });
  expect(cache.state().source.count).toBe(TOTAL);
});

test('a place with few children is read once', async () => {
  const { cache, calls, last } = scripted();
  cache.start();
  await last().answer({ rows: ['a', 'b'], more: false });
  expect(cache.state()).toMatchObject({ status: 'ready', total: 2 });
  expect(calls).toHaveLength(1);
});

test('what is scrolled through is forgotten, however far', async () => {
  const { cache, calls, last } = scripted();
  cache.start();
  await last().answer({ total: TOTAL });
  for (let first = 0; first < TOTAL; first += PAGE_ROWS) {
    const asked = calls.length;
    cache.state().source.need?.(first, first + 30);
    for (const call of calls.slice(asked)) await call.answer({ total: TOTAL });
  }
  const { source } = cache.state();
  const held = Array.from({ length: TOTAL / PAGE_ROWS }, (_, page) => source.at(page * PAGE_ROWS)).filter(
    (row) => row !== undefined,
  );
  expect(held.length).toBeLessThan(12);
  expect(source.at(TOTAL - 1)).toBe(`row ${TOTAL - 1}`);
  expect(source.at(0)).toBeUndefined();
});

test('pages that were passed by are not waited for', async () => {
  const { cache, calls, last } = scripted();
  cache.start();
  await last().answer({ total: TOTAL });
  cache.state().source.need?.(100_000, 100_030);
  const passed = last();
  cache.state().source.need?.(200_000, 200_030);
  expect(passed.signal.aborted).toBe(true);
  await last().answer({ total: TOTAL });
  await passed.answer({ total: TOTAL });
  expect(cache.state().source.at(200_010)).toBe('row 200010');
  expect(cache.state().source.at(100_010)).toBeUndefined();
  const asked = calls.length;
  cache.state().source.need?.(200_000, 200_030);
  expect(calls).toHaveLength(asked);
});

test('a page that fails is told, not asked for again and again, and comes when it is asked for anew', async () => {
  const { cache, calls, last } = scripted();
  cache.start();
  await last().fail(new Error('away'));
  expect(cache.state()).toMatchObject({ status: 'failed', error: new Error('away') });
  cache.state().source.need?.(0, 30);
  expect(calls).toHaveLength(1);
  cache.retry();
  await last().answer({ total: 5, rows: ['a'] });
  expect(cache.state()).toMatchObject({ status: 'ready', total: 5 });
});

test('after it is closed nothing changes any more', async () => {
  const { cache, last } = scripted();
  cache.start();
  cache.close();
  expect(last().signal.aborted).toBe(true);
  await last().answer({ total: 3 });
  expect(cache.state().status).toBe('loading');
});
