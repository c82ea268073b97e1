import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PointView } from '../../../main/sources/contract.ts';
import { EntryFeed } from '../../../main/sources/entry-feed.ts';
import type { Entry } from '../../../shared/model/entry.ts';
import { compareKeys, type Key } from '../../../shared/order/key.ts';

const key = fc.array(fc.constantFrom('a', 'b', 'c', 'é', '\u{1f600}'), { maxLength: 4 });
const keys = fc.uniqueArray(key, { selector: (each) => each.join('/'), maxLength: 60 });

/** A point with these keys, which gives them in batches of that size and counts what is looked up. */
function pointOf(of: readonly Key[], batchSize: number) {
  const entries = of.toSorted(compareKeys).map((each) => entryOf(each));
  const byKey = new Map(entries.map((entry) => [entry.key.join('/'), entry]));
  let lookups = 0;
  async function* batches(): AsyncGenerator<readonly Entry[]> {
    for (let at = 0; at < entries.length; at += batchSize) yield entries.slice(at, at + batchSize);
  }
  const view: PointView = {
    position: {},
    identity: {},
    version: null,
    selection: {},
    notes: [],
    entries: batches,
    entry: async (wanted) => {
      lookups++;
      return byKey.get(wanted.join('/'));
    },
    blob: () => batches() as never,
  };
  return { view, has: (wanted: Key) => byKey.get(wanted.join('/')), lookups: () => lookups };
}

function entryOf(of: Key): Entry {
  return { kind: 'znode', key: of, content: {}, observed: {} };
}

/** Keys as a plan asks for them: a branch's own nodes after those below them. */
function bottomUp(of: readonly Key[]): Key[] {
  return of.toSorted((a, b) => {
    const length = Math.min(a.length, b.length);
    return compareKeys(a.slice(0, length), b.slice(0, length)) || b.length - a.length;
  });
}

describe('entries of a point, asked for in order', () => {
  it('are those of the point, at hand or not', () =>
    fc.assert(
      fc.asyncProperty(
        keys,
        keys,
        fc.integer({ min: 1, max: 7 }),
        fc.boolean(),
        async (there, asked, size, upwards) => {
          const point = pointOf(there, size);
          const feed = new EntryFeed(point.view, [], undefined);
          for (const each of upwards ? bottomUp(asked) : asked.toSorted(compareKeys)) {
            const found = feed.atHand(each) ?? (await feed.get(each));
            expect(found).toBe(point.has(each));
          }
          await feed.close();
        },
      ),
    ));

  it('are never looked up when all of them are asked for', () =>
    fc.assert(
      fc.asyncProperty(keys, fc.integer({ min: 1, max: 7 }), fc.boolean(), async (there, size, upwards) => {
        const point = pointOf(there, size);
        const feed = new EntryFeed(point.view, [], undefined);
        for (const each of upwards ? bottomUp(there) : there.toSorted(compareKeys)) {
          expect(feed.atHand(each) ?? (await feed.get(each))).toBe(point.has(each));
        }
        expect(point.lookups()).toBe(0);
      }),
    ));
});
