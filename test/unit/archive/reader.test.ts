import { describe, expect, it } from 'vitest';
import { compareArchives, openArchive } from '../../../main/archive/index.ts';
import { BLOCK_LIMIT } from '../../../main/archive/layout/format.ts';
import type { Line } from '../../../shared/model/entry.ts';
import {
  entry,
  gone,
  MemorySource,
  noise,
  open,
  readAll,
  type Written,
  writeLines,
} from './support/archives.ts';

const WIDTH = 6;

function name(i: number): string {
  return `n${String(i).padStart(WIDTH, '0')}`;
}

/** 40 services of 2,500 nodes under /app, a small subtree behind them; about 50 MB of lines. */
async function largeArchive(): Promise<Written> {
  const lines: Line[] = [];
  for (let service = 0; service < 40; service++) {
    lines.push(entry(['app', name(service)], { service }));
    for (let node = 0; node < 2500; node++) {
      lines.push(
        entry(['app', name(service), name(node)], {
          data: noise(330, service * 2500 + node + 1).toString('base64'),
        }),
      );
    }
  }
  lines.push(entry(['brokers'], {}), entry(['brokers', 'ids', '1'], { host: 'b1' }));
  return writeLines([lines]);
}

describe('reading a large archive by ranges', async () => {
  const written = await largeArchive();

  it('finds one key with a few reads', async () => {
    const source = new MemorySource(written.bytes);
    const reader = await openArchive(source);
    const key = ['app', name(23), name(1234)];
    expect(await reader.get(key)).toMatchObject({ key });
    expect(source.reads).toBeLessThanOrEqual(4);
    expect(source.bytesRead).toBeLessThan(BLOCK_LIMIT);
    source.resetCounts();
    expect(await reader.get(['app', name(23), name(1235)])).toMatchObject({ kind: 'znode' });
    expect(source.reads).toBe(0);
    expect(await reader.get(['app', name(23), 'none'])).toBeUndefined();
    expect(await reader.get(['zzz'])).toBeUndefined();
    expect(await reader.get([])).toBeUndefined();
  });

  it('lists children without reading what is below them', async () => {
    const source = new MemorySource(written.bytes);
    const reader = await openArchive(source);
    expect(await reader.children([])).toEqual({
      children: [
        { name: 'app', key: ['app'], hasChildren: true },
        { name: 'brokers', key: ['brokers'], entry: entry(['brokers'], {}), hasChildren: true },
      ],
    });
    expect(source.bytesRead).toBeLessThan(2 * 1024 * 1024);
    const ids = await reader.children(['brokers']);
    expect(ids.children).toEqual([{ name: 'ids', key: ['brokers', 'ids'], hasChildren: true }]);
  });

  it('pages through children', async () => {
    const reader = await open(written);
    const names: string[] = [];
    let after: string | undefined;
    do {
      const page = await reader.children(['app'], { limit: 7, ...(after !== undefined && { after }) });
      expect(page.children.length).toBeLessThanOrEqual(7);
      expect(page.children.every(({ hasChildren }) => hasChildren)).toBe(true);
      names.push(...page.children.map((child) => child.name));
      after = page.next;
    } while (after !== undefined);
    expect(names).toEqual(Array.from({ length: 40 }, (_, i) => name(i)));
    const leaves = await reader.children(['app', name(39)], { after: name(2490) });
    expect(leaves.children.map((child) => child.name)).toEqual(
      Array.from({ length: 9 }, (_, i) => name(2491 + i)),
    );
    expect(leaves.next).toBeUndefined();
  });

  it('reads entries for a list as long as they lie together', async () => {
    const source = new MemorySource(written.bytes);
    const reader = await openArchive(source);
    const { children: branches } = await reader.children(['app']);
    const read = branches.flatMap(({ entry }) => (entry === undefined ? [] : [entry]));
    expect(read.length).toBeGreaterThan(0);
    expect(read.length).toBeLessThan(branches.length);
    for (const line of read) expect(await reader.get(line.key)).toEqual(line);
    expect(source.bytesRead).toBeLessThan(written.size / 2);
    const { children: leaves } = await reader.children(['app', name(5)]);
    expect(leaves).toHaveLength(1000);
    expect(leaves[0]?.entry).toEqual(await reader.get(['app', name(5), name(0)]));
    expect(leaves.every(({ hasChildren }) => !hasChildren)).toBe(true);
    const { children: later } = await reader.children(['app', name(5)], { skip: 990, limit: 10 });
    expect(later).toEqual(
      leaves.slice(990).map((leaf) => ({ ...leaf, entry: expect.objectContaining({ key: leaf.key }) })),
    );
  });

  it('reads no keys twice for a list', async () => {
    const source = new MemorySource(written.bytes);
    const reader = await openArchive(source);
    await reader.children(['app'], { limit: 1 });
    source.resetCounts();
    const { children } = await reader.children(['app', name(0)], { limit: 500 });
    expect(children).toHaveLength(500);
    expect(source.reads).toBeLessThanOrEqual(1);
  });

  it('reads a subtree by its blocks alone', async () => {
    const source = new MemorySource(written.bytes);
    const reader = await openArchive(source);
    const subtree = await readAll(reader, { prefix: ['app', name(7)] });
    expect(subtree).toHaveLength(2501);
    expect(subtree[0]?.key).toEqual(['app', name(7)]);
    expect(source.bytesRead).toBeLessThan(written.size / 10);
    const rest = await readAll(reader, { prefix: ['app', name(7)], after: ['app', name(7), name(2400)] });
    expect(rest).toEqual(subtree.slice(2402));
    expect(await readAll(reader, { prefix: ['nothing'] })).toEqual([]);
    expect(await readAll(reader, { prefix: ['app'], after: ['brokers'] })).toEqual([]);
  });

  it('compares by fingerprints, reading entries only where asked', async () => {
    const before = new MemorySource(written.bytes);
    const [a, b] = [await openArchive(before), await openArchive(new MemorySource(written.bytes))];
    expect(await differences(a, b)).toEqual([]);
    expect(before.bytesRead).toBeLessThan(written.size / 4);
  });

  it('stops reading when it is aborted', async () => {
    const controller = new AbortController();
    const reader = await open(written);
    const reading = (async () => {
      for await (const _ of reader.entries({ signal: controller.signal })) controller.abort();
    })();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('lists its parts', async () => {
    const types: string[] = [];
    for await (const parts of (await open(written)).parts()) types.push(...parts.map(({ type }) => type));
    expect(types.length).toBeGreaterThan(20);
    expect(new Set(types)).toEqual(new Set(['records', 'fingerprints']));
  });
});

describe('generations', () => {
  const generations = [
    [entry(['a'], { v: 0 }), entry(['b'], { v: 0 }), entry(['b', 'x'], { v: 0 }), entry(['c'], { v: 0 })],
    [gone(['b']), entry(['b', 'y'], { v: 1 }), entry(['d'], { v: 1 })],
    [entry(['a'], { v: 2 }), gone(['d']), entry(['e'], { v: 2 })],
  ];
  const live = [
    entry(['a'], { v: 2 }),
    entry(['b', 'x'], { v: 0 }),
    entry(['b', 'y'], { v: 1 }),
    entry(['c'], { v: 0 }),
    entry(['e'], { v: 2 }),
  ];

  it('merge into what is live', async () => {
    const reader = await open(await writeLines(generations));
    expect(await readAll(reader)).toEqual(live);
    expect(await reader.get(['a'])).toEqual(live[0]);
    expect(await reader.get(['b'])).toBeUndefined();
    expect(await reader.get(['d'])).toBeUndefined();
    const { children } = await reader.children([]);
    expect(children.map(({ name, entry, hasChildren }) => [name, entry !== undefined, hasChildren])).toEqual([
      ['a', true, false],
      ['b', false, true],
      ['c', true, false],
      ['e', true, false],
    ]);
    expect((await reader.children(['b'])).children.map((child) => child.name)).toEqual(['x', 'y']);
    const keys: unknown[] = [];
    for await (const batch of reader.fingerprints()) keys.push(...batch.map(({ key }) => key));
    expect(keys).toEqual(live.map(({ key }) => key));
  });

  it('keep their tombstones in an increment that is read by itself', async () => {
    const parent = { id: 'f'.repeat(32), footer: '0'.repeat(64) };
    const reader = await open(await writeLines([generations[1] ?? []], {}, { parent, depth: 1 }));
    expect(await readAll(reader)).toEqual(generations[1]);
    expect(await reader.get(['b'])).toEqual(gone(['b']));
  });

  it('differ by what was added, removed and changed', async () => {
    const [before, after] = [
      await open(await writeLines([generations[0] ?? []])),
      await open(await writeLines(generations)),
    ];
    expect(await differences(before, after, { attach: true })).toEqual([
      { key: ['a'], change: 'changed', before: entry(['a'], { v: 0 }), after: entry(['a'], { v: 2 }) },
      { key: ['b'], change: 'removed', before: entry(['b'], { v: 0 }) },
      { key: ['b', 'y'], change: 'added', after: entry(['b', 'y'], { v: 1 }) },
      { key: ['e'], change: 'added', after: entry(['e'], { v: 2 }) },
    ]);
    expect(await differences(before, after, { prefix: ['b'] })).toEqual([
      { key: ['b'], change: 'removed' },
      { key: ['b', 'y'], change: 'added' },
    ]);
  });
});

describe('an archive without entries', () => {
  it('reads as nothing', async () => {
    const reader = await open(await writeLines([]));
    expect(await readAll(reader)).toEqual([]);
    expect(await reader.get(['a'])).toBeUndefined();
    expect(await reader.children([])).toEqual({ children: [] });
  });
});

async function differences(...args: Parameters<typeof compareArchives>) {
  const found = [];
  for await (const batch of compareArchives(...args)) found.push(...batch);
  return found;
}
