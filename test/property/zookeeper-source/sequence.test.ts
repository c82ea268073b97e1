import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextSequence } from '../../../main/sources/zookeeper/sequence.ts';

/** What a server does and shows, after `DataNode.copyStat`: 32 bit arithmetic, which overflows. */
function shown(creations: number, children: number): { cversion: number; numChildren: number } {
  return { cversion: (Math.imul(creations, 2) - children) | 0, numChildren: children };
}

it('is the number of creations, whatever was deleted', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 31 - 1 }),
      fc.nat({ max: 2 ** 31 - 1 }),
      (creations, children) => {
        fc.pre(children <= creations);
        expect(nextSequence(shown(creations, children))).toBe(creations);
      },
    ),
  );
});

it('is right where children were never counted: the root and /zookeeper', () => {
  expect(nextSequence({ cversion: -1, numChildren: 1 })).toBe(0);
  expect(nextSequence({ cversion: -2, numChildren: 2 })).toBe(0);
  expect(nextSequence({ cversion: 3, numChildren: 3 })).toBe(3);
});
