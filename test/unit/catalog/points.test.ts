import { describe, expect, it } from 'vitest';
import type { Proof } from '../../../shared/model/proof.ts';
import { archive, id, point, storage } from './sample.ts';
import { temporaryCatalog } from './temporary.ts';

const failure = (code: string) => expect.objectContaining({ code });

function filled() {
  const { catalog } = temporaryCatalog();
  catalog.storages.add(storage(1));
  catalog.storages.add(storage(2));
  return catalog;
}

describe('recovery points', () => {
  it('come back as they went in, archives in order', () => {
    const catalog = filled();
    const whole = point(1, {
      archives: [
        archive(12, { storage: id(2), service: 'Kafka', parent: 'aa'.repeat(16), complete: false }),
        archive(11, {
          verified: { at: '2026-06-02T00:00:00.000Z', level: 'content', sound: true },
          notes: [
            {
              fidelity: 'partial',
              kind: 'znode',
              code: 'ephemeral',
              text: 'Not restored.',
              params: { count: 3 },
            },
          ],
        }),
      ],
    });
    catalog.points.put(whole);
    expect(catalog.points.get(whole.id)).toEqual(whole);
    catalog.points.put({ ...whole, archives: [archive(11)], complete: false });
    expect(catalog.points.get(whole.id).archives).toEqual([archive(11)]);
  });

  it('are paged newest first by their creation, in whatever order a rescan found them', () => {
    const catalog = filled();
    for (const number of [3, 1, 5, 2, 4]) catalog.points.put(point(number, { task: id(number % 2) }));
    catalog.points.put(point(6, { created: point(3).created, task: id(1) }));
    expect(catalog.points.list({ limit: 4 }).map((one) => one.id)).toEqual([id(5), id(4), id(6), id(3)]);
    expect(catalog.points.list({ limit: 9, after: id(6) }).map((one) => one.id)).toEqual([
      id(3),
      id(2),
      id(1),
    ]);
    expect(catalog.points.list({ limit: 9, task: id(1), after: id(5) }).map((one) => one.id)).toEqual([
      id(6),
      id(3),
      id(1),
    ]);
    expect(catalog.points.list({ limit: 9, cluster: id(2) })).toEqual([]);
  });

  it('go on behind one that was removed since the page before, by whatever way', () => {
    const catalog = filled();
    for (const number of [1, 2, 3, 4, 5]) catalog.points.put(point(number));
    const behind = (number: number) =>
      catalog.points.list({ limit: 2, after: id(number) }).map((one) => one.id);
    catalog.points.remove(id(4));
    expect(behind(4)).toEqual([id(3), id(2)]);
    catalog.points.removeArchive(archive(3).id);
    expect(behind(3)).toEqual([id(2), id(1)]);
    expect(behind(4)).toEqual([id(2), id(1)]);
    // It comes back by a rescan, with another date.
    catalog.points.put(point(4, { created: point(1).created }));
    expect(behind(4)).toEqual([id(1)]);
    expect(() => behind(9)).toThrow(failure('engine.no-point'));
    expect(catalog.points.find(id(3))).toBeUndefined();
  });

  it('remember so the last thousand that were removed', () => {
    const catalog = filled();
    catalog.transaction(() => {
      for (let number = 1; number <= 1002; number++) catalog.points.put(point(number, { archives: [] }));
      for (let number = 2; number <= 1002; number++) catalog.points.remove(id(number));
    });
    expect(catalog.points.list({ limit: 9, after: id(3) })).toHaveLength(1);
    expect(() => catalog.points.list({ limit: 9, after: id(2) })).toThrow(failure('engine.no-point'));
  });

  it('are pinned and found by the beginning of their id', () => {
    const catalog = filled();
    catalog.points.put(point(0xabc));
    catalog.points.pin(id(0xabc), true);
    expect(catalog.points.resolve('0000000000000a').pinned).toBe(true);
    catalog.points.pin(id(0xabc), false);
    expect(catalog.points.get(id(0xabc)).pinned).toBe(false);
    expect(() => catalog.points.pin(id(1), true)).toThrow(failure('engine.no-point'));
    expect(() => catalog.points.resolve('1')).toThrow(failure('engine.no-point'));
  });

  it('keep what the last verification of an archive found', () => {
    const catalog = filled();
    catalog.points.put(point(1));
    const proof = { at: '2026-06-02T00:00:00.000Z', level: 'file', sound: false } as const;
    catalog.points.verified(archive(1).id, { ...proof, sound: true });
    catalog.points.verified(archive(1).id, proof);
    expect(catalog.points.findArchive(archive(1).id)?.archive.verified).toEqual(proof);
    expect(catalog.points.findArchive('00')).toBeUndefined();
  });

  it('keep what was found in an archive when only its bytes were looked at since', () => {
    const catalog = filled();
    catalog.points.put(point(1));
    const found = { at: '2026-06-02T00:00:00.000Z', level: 'content', sound: false } as const;
    const standing = (proof: Proof) => {
      catalog.points.verified(archive(1).id, proof);
      return catalog.points.findArchive(archive(1).id)?.archive.verified;
    };
    const later = { at: '2026-06-03T00:00:00.000Z', level: 'file', sound: true } as const;
    expect(standing(found)).toEqual(found);
    expect(standing(later)).toEqual(found);
    expect(catalog.points.lastGood({})).toBeUndefined();
    expect(standing({ ...later, level: 'content' })).toEqual({ ...later, level: 'content' });
    expect(standing({ ...later, sound: false })).toEqual({ ...later, sound: false });
  });

  it('name storages that are there', () => {
    const catalog = filled();
    expect(() => catalog.points.put(point(1, { archives: [archive(1, { storage: id(9) })] }))).toThrow(
      failure('catalog.no-storage'),
    );
    expect(catalog.points.find(id(1))).toBeUndefined();
  });

  it('without archives go, and those that lost one are incomplete', () => {
    const catalog = filled();
    catalog.points.put(point(1, { archives: [archive(11), archive(12)] }));
    catalog.points.put(point(2));
    catalog.points.removeArchive(archive(11).id);
    expect(catalog.points.get(id(1))).toMatchObject({ complete: false, archives: [{ id: archive(12).id }] });
    catalog.points.removeArchive(archive(12).id);
    expect(catalog.points.list({ limit: 9 }).map((one) => one.id)).toEqual([id(2)]);
    catalog.points.remove(id(2));
    expect(catalog.points.findArchive(archive(2).id)).toBeUndefined();
  });

  it('lose the archives of a storage that is removed', () => {
    const catalog = filled();
    catalog.points.put(point(1, { archives: [archive(11), archive(12, { storage: id(2) })] }));
    catalog.points.put(point(2));
    catalog.storages.remove(id(1));
    expect(catalog.points.list({ limit: 9 })).toMatchObject([
      { id: id(1), complete: false, archives: [{ storage: id(2) }] },
    ]);
    expect(catalog.check()).toEqual([]);
  });

  it('are listed by storage, oldest first', () => {
    const catalog = filled();
    catalog.points.put(point(2, { task: id(9) }));
    catalog.points.put(point(1, { archives: [archive(11), archive(12, { storage: id(2) }), archive(13)] }));
    const here = catalog.points.archivesIn(id(1));
    expect(here.map(({ point: of, archive: { id: which } }) => [of, which])).toEqual([
      [id(1), archive(11).id],
      [id(1), archive(13).id],
      [id(2), archive(2).id],
    ]);
    expect(catalog.points.archivesIn(id(1), id(9))).toHaveLength(1);
  });
});
