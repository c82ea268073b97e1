import { describe, expect, test } from 'vitest';
import { contentChanges } from '../../../renderer/features/compare/content-changes.ts';
import { DifferencePages, PAGE_ROWS } from '../../../renderer/features/compare/difference-pages.ts';
import {
  addBatch,
  MOST_HELD,
  NOTHING_STREAMED,
  narrow,
} from '../../../renderer/features/compare/difference-rows.ts';
import { closedSide, openingsOf } from '../../../renderer/features/compare/openings.ts';
import { restoreFrom } from '../../../renderer/features/compare/restore-from.ts';
import { partitionOffsets } from '../../../renderer/ui/entry/kafka-content.ts';
import type { Subject } from '../../../renderer/ui/target/subject.ts';
import type { ShownDifference } from '../../../shared/model/listing.ts';
import type { Key } from '../../../shared/order/key.ts';

const difference = (number: number, change: ShownDifference['change'] = 'changed'): ShownDifference => ({
  change,
  service: 'ZooKeeper',
  kind: 'znode',
  key: ['n', String(number).padStart(6, '0')],
  members: [],
});

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('pages of differences', () => {
  /** A host with that many differences; tells after which keys it was asked. */
  function host(total: number) {
    const asked: (Key | undefined)[] = [];
    let failing = false;
    const pages = new DifferencePages(async (after, limit) => {
      asked.push(after);
      if (failing) throw new Error('away');
      const from = after === undefined ? 0 : Number(after[1]) + 1;
      const length = Math.max(0, Math.min(limit, total - from));
      return Array.from({ length }, (_, i) => difference(from + i));
    });
    return { pages, asked, fail: (now: boolean) => (failing = now) };
  }

  test('come as they are needed, and the end is known when it is reached', async () => {
    const { pages, asked } = host(1200);
    pages.start();
    await tick();
    expect(pages.state().source.count).toBe(PAGE_ROWS + 1);
    expect(pages.state().complete).toBe(false);
    for (let last = 30; last < 1200; last += 200) {
      pages.state().source.need?.(last - 30, last);
      await tick();
    }
    expect(pages.state()).toMatchObject({ complete: true, status: 'ready' });
    expect(pages.state().source.count).toBe(1200);
    expect(asked).toEqual([undefined, ['n', '000499'], ['n', '000999']]);
  });

  test('those far away are let go and come again', async () => {
    const { pages, asked } = host(20_000);
    pages.start();
    await tick();
    for (let last = 30; last < 20_000; last += 250) {
      pages.state().source.need?.(last - 30, last);
      await tick();
    }
    expect(pages.state().source.at(0)).toBeUndefined();
    pages.state().source.need?.(0, 30);
    await tick();
    expect(pages.state().source.at(0)).toEqual(difference(0));
    expect(asked.at(-1)).toBeUndefined();
  });

  test('a page that fails is told and asked for again only when that is wanted', async () => {
    const { pages, asked, fail } = host(10);
    fail(true);
    pages.start();
    await tick();
    expect(pages.state()).toMatchObject({ status: 'failed', error: new Error('away') });
    pages.state().source.need?.(0, 10);
    await tick();
    expect(asked).toHaveLength(1);
    fail(false);
    pages.retry();
    await tick();
    expect(pages.state()).toMatchObject({ status: 'ready', complete: true });
  });

  test('two equal sides are an empty list, not one that loads for ever', async () => {
    const { pages } = host(0);
    pages.start();
    await tick();
    expect(pages.state()).toMatchObject({ status: 'ready', complete: true });
    expect(pages.state().source.count).toBe(0);
  });
});

describe('differences of a live cluster', () => {
  test('are all counted, and held as long as there is room', () => {
    const batch = Array.from({ length: 30_000 }, (_, i) => difference(i, i % 2 === 0 ? 'added' : 'removed'));
    const once = addBatch(NOTHING_STREAMED, batch);
    const twice = addBatch(once, batch);
    const thrice = addBatch(twice, batch);
    expect(once).toMatchObject({ counts: { added: 15_000, removed: 15_000, changed: 0 }, cut: false });
    expect(twice.rows).toHaveLength(MOST_HELD);
    expect(thrice).toMatchObject({ counts: { added: 45_000, removed: 45_000 }, cut: true });
    expect(NOTHING_STREAMED.counts.added).toBe(0);
  });

  test('are narrowed by kind and by text in whatever case', () => {
    const rows = [difference(1), difference(2, 'added'), { ...difference(3), key: ['App', 'Config'] }];
    expect(narrow(rows, ['added'], '')).toEqual([rows[1]]);
    expect(narrow(rows, undefined, 'p/conf')).toEqual([rows[2]]);
    expect(narrow(rows, undefined, '')).toBe(rows);
  });
});

test('contents are compared member by member', () => {
  const before = { partitions: 3, configs: { 'retention.ms': '1', gone: 'x' }, replicas: [[1, 2]] };
  const after = { partitions: 3, configs: { 'retention.ms': '2' }, replicas: [[2, 1]] };
  expect(contentChanges(before, after)).toEqual([
    { name: 'configs.retention.ms', left: '1', right: '2' },
    { name: 'configs.gone', left: 'x', right: undefined },
    { name: 'replicas', left: '[[1,2]]', right: '[[2,1]]' },
  ]);
});

test('offsets of a group are compared partition by partition', () => {
  const before = {
    partitions: [
      [0, 10, ''],
      [1, 7, ''],
    ],
  };
  const after = {
    partitions: [
      [0, 10, ''],
      [2, '9007199254740993', 'moved'],
    ],
  };
  expect(contentChanges(before, after)).toEqual([
    { name: 'partitions.1', left: '7', right: undefined },
    { name: 'partitions.2', left: undefined, right: '9007199254740993 · moved' },
  ]);
});

test('what is stored is restored into what is live, whichever side it stands on', () => {
  const point = { of: 'point', point: '00' } as const;
  const file = { of: 'file', path: '/a' } as const;
  const cluster = { of: 'cluster', cluster: 'lab' } as const;
  expect(restoreFrom(point, cluster)).toEqual({ from: point, to: 'lab' });
  expect(restoreFrom(cluster, point)).toEqual({ from: point, to: 'lab' });
  expect(restoreFrom(point, file)).toEqual({ from: point });
  expect(restoreFrom(cluster, cluster)).toBeUndefined();
});

test('offsets of a group are told with their lag, beyond what numbers hold exactly', () => {
  const content = {
    partitions: [
      [0, 5, null],
      [1, '9007199254740993', 'meta'],
    ],
  };
  const observed = { log: [[1, 0, '9007199254740999']] };
  expect(partitionOffsets(content, observed)).toEqual([
    { partition: 0, offset: 5n, lag: undefined, metadata: null },
    { partition: 1, offset: 9007199254740993n, lag: 6n, metadata: 'meta' },
  ]);
  expect(partitionOffsets({ partitions: 'none' }, {})).toBeUndefined();
});

describe('what opens two sealed sides', () => {
  const subject = (text: string, passphrase?: string): Subject => ({
    target: { of: 'file', path: text },
    text,
    revision: 0,
    ...(passphrase === undefined ? {} : { opening: { passphrase } }),
  });
  const [left, right] = [subject('left'), subject('right')];
  const side = (of: Subject, closed: boolean) => ({ subject: of, closed });

  test('is given for each', () => {
    expect(openingsOf(left, right)).toEqual({});
    expect(openingsOf(subject('left', 'a'), subject('right', 'b'))).toEqual({
      opening: { passphrase: 'a' },
      rightOpening: { passphrase: 'b' },
    });
  });

  test('is asked for one after the other, and tried on both at first', () => {
    expect(closedSide([side(left, true), side(right, true)])?.texts).toEqual(['left', 'right']);
    const tried = subject('right', 'a');
    expect(closedSide([side(subject('left', 'a'), false), side(tried, true)])?.texts).toEqual(['right']);
    expect(closedSide([side(subject('left', 'a'), true), side(tried, true)])?.texts).toEqual(['left']);
    expect(closedSide([side(left, true), side(right, false)])?.texts).toEqual(['left']);
    expect(closedSide([side(left, false), side(right, false)])).toBeUndefined();
  });
});
