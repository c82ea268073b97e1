import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ArchiveReader,
  type ChainReader,
  compareArchives,
  type Difference,
  fingerprintOf,
  openChain,
} from '../../../main/archive/index.ts';
import type { ChunkLocation, Entry, Line } from '../../../shared/model/entry.ts';
import {
  collect,
  noise,
  open,
  readAll,
  type Written,
  write,
  writeLines,
} from '../../unit/archive/support/archives.ts';
import { sortUnique, state } from './support/arbitraries.ts';

type State = readonly Entry[];

function id(depth: number): string {
  return String(depth + 1).padStart(32, '0');
}

/** The lines that take one state to the next, as an increment holds them. */
function step(before: State, after: State): readonly Line[] {
  const byKey = (entries: State) => new Map(entries.map((entry) => [JSON.stringify(entry.key), entry]));
  const [old, now] = [byKey(before), byKey(after)];
  const changed = after.filter((entry) => {
    const previous = old.get(JSON.stringify(entry.key));
    return previous === undefined || JSON.stringify(previous) !== JSON.stringify(entry);
  });
  const removed = before
    .filter(({ key }) => !now.has(JSON.stringify(key)))
    .map(({ key }): Line => ({ key, removed: true }));
  return sortUnique<Line>([...changed, ...removed]);
}

async function writeChain(states: readonly State[]): Promise<ArchiveReader[]> {
  const readers: ArchiveReader[] = [];
  let parent: Written | undefined;
  for (const [depth, entries] of states.entries()) {
    const lines = parent === undefined ? entries : step(states[depth - 1] ?? [], entries);
    const link = parent === undefined ? null : { id: id(depth - 1), footer: parent.footerSha256 };
    parent = await writeLines([lines], { id: id(depth) }, { set: id(0), parent: link, depth });
    readers.push(await open(parent));
  }
  return readers;
}

const states = fc.array(state, { minLength: 1, maxLength: 4 });

describe('a chain', () => {
  it('restores to exactly what was captured, at every point of it', async () => {
    await fc.assert(
      fc.asyncProperty(states, async (captured) => {
        const archives = await writeChain(captured);
        for (const [i, expected] of captured.entries()) {
          const chain = openChain(archives.slice(0, i + 1));
          expect(await readAll(chain)).toEqual(expected);
          const [first] = expected;
          if (first !== undefined) expect(await chain.get(first.key)).toEqual(first);
          const { children } = await chain.children([]);
          expect(children.map(({ name }) => name)).toEqual([
            ...new Set(expected.flatMap(({ key: [name] }) => (name === undefined ? [] : [name]))),
          ]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('differs between two points by exactly what changed in content', async () => {
    await fc.assert(
      fc.asyncProperty(states, async (captured) => {
        const archives = await writeChain(captured);
        const [before, after] = [captured[0] ?? [], captured.at(-1) ?? []];
        const found = await differences(openChain(archives.slice(0, 1)), openChain(archives));
        const prints = (entries: State) =>
          new Map(entries.map((entry) => [JSON.stringify(entry.key), fingerprintOf(entry)]));
        const [old, now] = [prints(before), prints(after)];
        const expected = sortUnique([...before, ...after])
          .map(({ key }): Difference | undefined => {
            const [a, b] = [old.get(JSON.stringify(key)), now.get(JSON.stringify(key))];
            if (a === b) return undefined;
            return { key, change: a === undefined ? 'added' : b === undefined ? 'removed' : 'changed' };
          })
          .filter((difference) => difference !== undefined);
        expect(found).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('refuses archives that do not continue each other', async () => {
    const archives = await writeChain([[], [], []]);
    const [full, first, second] = archives;
    const [, , stranger] = await writeChain([[{ kind: 'k', key: [], content: {}, observed: {} }], [], []]);
    if (!full || !first || !second || !stranger) throw new Error('incomplete');
    for (const broken of [
      [first],
      [full, second],
      [full, full],
      [full, first, stranger],
      [full, second, first],
    ]) {
      expect(() => openChain(broken)).toThrow(expect.objectContaining({ code: 'archive.chain-broken' }));
    }
    expect(() => openChain([])).toThrow(expect.objectContaining({ category: 'input' }));
    expect(openChain(archives).archives).toEqual(archives);
  });

  it('shares chunks: an increment stores only those that its parents do not', async () => {
    const data = noise(9_000_000);
    const grown = Buffer.concat([data, noise(1000, 7)]);
    const full = await write(
      async (writer) => {
        const blob = await writer.blob(data);
        await writer.put(withBlob(blob));
      },
      { id: id(0) },
      { set: id(0) },
    );
    const fullReader = await open(full);
    const known = new Map<string, ChunkLocation>();
    for await (const batch of fullReader.entries()) {
      for (const line of batch) {
        if (!('kind' in line)) continue;
        for (const [part, size, sha256] of Object.values(line.blobs ?? {}).flat())
          known.set(sha256, [part, size, sha256, id(0)]);
      }
    }
    const increment = await write(
      async (writer) => {
        const blob = await writer.blob(grown);
        await writer.put(withBlob(blob));
      },
      { id: id(1), sharedChunk: (sha256) => known.get(sha256) },
      { set: id(0), parent: { id: id(0), footer: full.footerSha256 }, depth: 1 },
    );
    expect(increment.manifest.blobs.chunks).toBe(1);
    const alone = await open(increment);
    const chain: ChainReader = openChain([fullReader, alone]);
    const entry = await chain.get(['blob']);
    if (entry === undefined || !('kind' in entry)) throw new Error('not there');
    const [sha256 = ''] = Object.keys(entry.blobs ?? {});
    expect((await collect(chain.blob(entry, sha256))).equals(grown)).toBe(true);
    await expect(collect(alone.blob(entry, sha256))).rejects.toMatchObject({
      code: 'archive.chunk-elsewhere',
    });
  });
});

function withBlob(blob: { name: { sha256: string; size: number }; chunks: readonly ChunkLocation[] }): Entry {
  const { sha256, size } = blob.name;
  return {
    kind: 'file',
    key: ['blob'],
    content: { data: { sha256, size } },
    observed: {},
    blobs: { [sha256]: blob.chunks },
  };
}

async function differences(before: ChainReader, after: ChainReader): Promise<Difference[]> {
  const found: Difference[] = [];
  for await (const batch of compareArchives(before, after)) found.push(...batch);
  return found;
}
