import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseRemovals, type RetainedArchive } from '../../../main/engine/retain/choose.ts';

const DAY = 86_400_000;

interface SetShape {
  readonly increments: number;
  readonly complete: boolean;
  readonly pinned: boolean;
}

/** Sets one after the other in time: a full archive and its increments. */
function archivesOf(shapes: readonly SetShape[]): RetainedArchive[] {
  let time = Date.UTC(2026, 0, 1);
  return shapes.flatMap((shape, set) =>
    Array.from({ length: shape.increments + 1 }, (_, index): RetainedArchive => {
      time += DAY;
      const newest = index === shape.increments;
      return {
        archive: { id: `${set}-${index}`, set: `${set}-0`, complete: newest ? shape.complete : true },
        created: new Date(time).toISOString(),
        pinned: shape.pinned && newest,
      };
    }),
  );
}

const shape = fc.record({
  increments: fc.integer({ min: 0, max: 4 }),
  complete: fc.boolean(),
  pinned: fc.boolean(),
});

describe('choosing what retention removes', () => {
  it('keeps the newest complete sets whole, and whatever is pinned', () => {
    fc.assert(
      fc.property(fc.array(shape, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (shapes, copies) => {
        const archives = archivesOf(shapes);
        const removed = new Set(chooseRemovals(archives, copies, archives.at(-1)?.archive.id ?? ''));
        const keptSets = new Set(
          shapes
            .map((each, index) => ({ ...each, index }))
            .filter((each) => each.complete && !each.pinned)
            .slice(-copies)
            .map((each) => each.index),
        );
        const oldestKept = keptSets.size === 0 ? -1 : Math.min(...keptSets);
        shapes.forEach((each, index) => {
          const gone = archives
            .filter(({ archive }) => archive.set === `${index}-0`)
            .map(({ archive }) => removed.has(archive.id));
          const expected = !each.pinned && keptSets.size > 0 && index < oldestKept;
          expect(gone.every((isGone) => isGone === expected)).toBe(true);
        });
      }),
    );
  });

  it('takes the set just made for the newest, though a clock that ran ahead dated older ones later', () => {
    const archives = archivesOf([
      { increments: 0, complete: true, pinned: false },
      { increments: 0, complete: true, pinned: false },
      { increments: 0, complete: true, pinned: false },
    ]);
    expect(chooseRemovals(archives, 2, '0-0')).toEqual(['1-0']);
  });

  it('counts no set of which an archive was found damaged', () => {
    const [oldest, damaged, sound, newest] = archivesOf(
      Array.from({ length: 4 }, () => ({ increments: 0, complete: true, pinned: false })),
    ) as [RetainedArchive, RetainedArchive, RetainedArchive, RetainedArchive];
    const verified = (each: RetainedArchive, isSound: boolean): RetainedArchive => ({
      ...each,
      archive: { ...each.archive, verified: { at: each.created, level: 'content', sound: isSound } },
    });
    const archives = [oldest, verified(damaged, false), verified(sound, true), newest];
    expect(chooseRemovals(archives, 3, '3-0')).toEqual([]);
    expect(chooseRemovals(archives, 2, '3-0')).toEqual(['1-0', '0-0']);
  });

  it('removes an increment before what it builds on', () => {
    const archives = archivesOf([
      { increments: 2, complete: true, pinned: false },
      { increments: 0, complete: true, pinned: false },
    ]);
    expect(chooseRemovals(archives, 1, archives.at(-1)?.archive.id ?? '')).toEqual(['0-2', '0-1', '0-0']);
  });

  it('never removes anything because of incomplete sets alone', () => {
    const archives = archivesOf([
      { increments: 0, complete: true, pinned: false },
      { increments: 0, complete: false, pinned: false },
      { increments: 0, complete: false, pinned: false },
    ]);
    expect(chooseRemovals(archives, 1, archives.at(-1)?.archive.id ?? '')).toEqual([]);
  });
});
