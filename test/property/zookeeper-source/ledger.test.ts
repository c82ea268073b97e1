import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Ledger } from '../../../main/sources/zookeeper/ledger.ts';
import { pathOf } from '../../../main/sources/zookeeper/paths.ts';
import { compareKeys, type Key } from '../../../shared/order/key.ts';

const name = fc.oneof(
  fc.constantFrom('a', 'b', 'ab', 'b-0000000001', 'b-0000000002', '节点', '😀', '😁', '😁a'),
  fc.string({ minLength: 1, maxLength: 300, unit: 'binary' }).map((text) => text.replaceAll('/', '_')),
);
const keys = fc
  .uniqueArray(fc.array(name, { maxLength: 6 }), { maxLength: 200, selector: (key) => JSON.stringify(key) })
  .map((all): Key[] => all.toSorted(compareKeys));

it('gives back every path with its ACL version, in order', () => {
  fc.assert(
    fc.property(keys, fc.array(fc.nat(), { minLength: 1, maxLength: 20 }), (ascending, versions) => {
      const ledger = new Ledger();
      const expected = ascending.map((key, i) => ({
        path: pathOf(key),
        aversion: versions[i % versions.length] ?? 0,
      }));
      for (const [i, key] of ascending.entries()) ledger.append(key, expected[i]?.aversion ?? 0);
      expect([...ledger.lines()]).toEqual(expected);
      expect(ledger.count).toBe(ascending.length);
    }),
  );
});

it('goes on over many chunks, with names longer than one', () => {
  const ledger = new Ledger();
  const long = 'x'.repeat(700_000);
  const ascending: Key[] = [
    [],
    ['a'],
    ['a', long],
    ['a', `${long}y`],
    ['b'],
    // Siblings differ early, so that little of their names is shared.
    ...Array.from({ length: 50_000 }, (_, i): Key => ['c', String(i).padStart(6, '0').padEnd(40, 'x')]),
  ];
  for (const key of ascending) ledger.append(key, key.length);
  expect([...ledger.lines()]).toEqual(ascending.map((key) => ({ path: pathOf(key), aversion: key.length })));
});
