import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyFile, createSeal, fingerprintOf, verifyArchive } from '../../../main/archive/index.ts';
import { isTombstone, type Line } from '../../../shared/model/entry.ts';
import { compareKeys, isWithin, type Key } from '../../../shared/order/key.ts';
import { ARCHIVE_ID, MemorySource, open, readAll, writeLines } from '../../unit/archive/support/archives.ts';
import { key, overlay, sortUnique, state } from './support/arbitraries.ts';

const secret = { type: 'key', key: createKeyFile((length) => Buffer.alloc(length, 9)).key } as const;
const seal = await createSeal(ARCHIVE_ID, [secret], (length) => Buffer.alloc(length, 5));

const written = fc.record({
  generations: fc
    .tuple(state, overlay, overlay)
    .chain(([base, ...overlays]) =>
      fc.integer({ min: 0, max: 2 }).map((count) => [base, ...overlays.slice(0, count)]),
    ),
  isSealed: fc.boolean(),
});

async function writeAndOpen({
  generations,
  isSealed,
}: {
  generations: readonly (readonly Line[])[];
  isSealed: boolean;
}) {
  const archive = await writeLines(generations, isSealed ? { seal } : {});
  const keys = isSealed ? [secret] : [];
  return { archive, keys, reader: await open(archive, { keys }) };
}

/** What the format says is live. */
function merge(generations: readonly (readonly Line[])[]): readonly Line[] {
  return sortUnique(generations.flat()).filter((line) => !isTombstone(line));
}

describe('whatever is put into an archive', () => {
  it('comes back the same, verifies, and has its fingerprints and counts', async () => {
    await fc.assert(
      fc.asyncProperty(written, async (given) => {
        const live = merge(given.generations);
        const { archive, keys, reader } = await writeAndOpen(given);
        expect(await readAll(reader)).toEqual(live);
        const fingerprints: unknown[] = [];
        for await (const batch of reader.fingerprints()) fingerprints.push(...batch);
        expect(fingerprints).toEqual(
          live.map((line) => ({
            key: line.key,
            fingerprint: isTombstone(line) ? null : fingerprintOf(line),
          })),
        );
        const report = await verifyArchive(new MemorySource(archive.bytes), { level: 'content', keys });
        expect(report.findings.map(({ error }) => error.message)).toEqual([]);
        const entries = Object.values(archive.counts).reduce((sum, count) => sum + count.entries, 0);
        expect(entries).toBe(live.length);
      }),
      { numRuns: 60 },
    );
  });

  it('is found by key, by prefix and from any key on', async () => {
    await fc.assert(
      fc.asyncProperty(written, key, key, async (given, prefix, after) => {
        const live = merge(given.generations);
        const { reader } = await writeAndOpen(given);
        for (const asked of [prefix, after, ...live.map((line) => line.key)]) {
          expect(await reader.get(asked)).toEqual(live.find((line) => compareKeys(line.key, asked) === 0));
        }
        const within = live.filter((line) => isWithin(line.key, prefix));
        expect(await readAll(reader, { prefix })).toEqual(within);
        const later = within.filter((line) => compareKeys(line.key, after) > 0);
        expect(await readAll(reader, { prefix, after })).toEqual(later);
      }),
      { numRuns: 40 },
    );
  });

  it('lists children as a walk over everything would', async () => {
    await fc.assert(
      fc.asyncProperty(written, key, fc.integer({ min: 1, max: 4 }), async (given, parent, limit) => {
        const live = merge(given.generations);
        const { reader } = await writeAndOpen(given);
        for (const asked of [[], parent]) {
          const listed: unknown[] = [];
          let after: string | undefined;
          do {
            const page = await reader.children(asked, { limit, ...(after !== undefined && { after }) });
            listed.push(...page.children);
            after = page.next;
          } while (after !== undefined);
          expect(listed).toEqual(childrenOf(live, asked));
        }
      }),
      { numRuns: 40 },
    );
  });
});

function childrenOf(live: readonly Line[], parent: Key): unknown[] {
  const below = live.filter((line) => line.key.length > parent.length && isWithin(line.key, parent));
  const names = new Set(below.map((line) => line.key[parent.length] ?? ''));
  return [...names].map((name) => {
    const child = [...parent, name];
    const entry = below.find((line) => compareKeys(line.key, child) === 0);
    const hasChildren = below.some((line) => line.key.length > child.length && isWithin(line.key, child));
    return entry === undefined ? { name, key: child, hasChildren } : { name, key: child, entry, hasChildren };
  });
}
