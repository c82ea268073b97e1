import { describe, expect, it } from 'vitest';
import { archive, id, point, run, storage } from './sample.ts';
import { temporaryCatalog } from './temporary.ts';

const SOUND = { at: '2026-06-02T00:00:00.000Z', level: 'file', sound: true } as const;

function filled() {
  const { catalog } = temporaryCatalog();
  catalog.storages.add(storage(1));
  catalog.storages.add(storage(2));
  const kafka = (number: number, more = {}) =>
    archive(100 + number, { service: 'Kafka', storage: id(2), ...more });
  catalog.points.put(point(1, { archives: [archive(1, { verified: SOUND }), kafka(1)] }));
  catalog.points.put(
    point(2, { archives: [archive(2), kafka(2, { verified: { ...SOUND, sound: false } })] }),
  );
  catalog.points.put(point(3, { complete: false, archives: [archive(3), kafka(3, { complete: false })] }));
  catalog.points.put(point(4, { task: id(9), cluster: id(8), archives: [archive(4)] }));
  return catalog;
}

describe('the newest good point', () => {
  it('is complete, and nothing of it was found damaged', () => {
    const { points } = filled();
    expect(points.lastGood({ task: id(1) })?.id).toBe(id(1));
    expect(points.lastGood({ cluster: id(8) })).toEqual({ id: id(4), created: point(4).created });
    expect(points.lastGood({ task: id(5) })).toBeUndefined();
  });

  it('of a service asks for that service’s archive alone', () => {
    const { points } = filled();
    expect(points.lastGood({ cluster: id(1), service: 'ZooKeeper' })?.id).toBe(id(3));
    expect(points.lastGood({ cluster: id(1), service: 'Kafka' })?.id).toBe(id(1));
    expect(points.lastGood({ cluster: id(8), service: 'Kafka' })).toBeUndefined();
  });
});

describe('lists', () => {
  it('of points are narrowed by time, both ends included', () => {
    const { points } = filled();
    const [since, until] = [point(2).created, point(3).created];
    expect(points.list({ since, until, limit: 9 }).map((one) => one.id)).toEqual([id(3), id(2)]);
    expect(points.list({ cluster: id(1), since: until, limit: 9 }).map((one) => one.id)).toEqual([id(3)]);
  });

  it('of runs are narrowed by cluster, kind, state and time', () => {
    const { catalog } = temporaryCatalog();
    const started = (hour: number) => `2026-06-01T1${hour}:00:00.000Z`;
    catalog.runs.add(run(1, { cluster: id(1), started: started(1) }));
    catalog.runs.add(run(2, { cluster: id(2), started: started(2), kind: 'restore', state: 'failed' }));
    catalog.runs.add(run(3, { cluster: id(1), started: started(3), kind: 'undo' }));
    const ids = (filter: object) => catalog.runs.list({ limit: 9, ...filter }).map((one) => one.id);
    expect(ids({ cluster: id(1) })).toEqual([id(3), id(1)]);
    expect(ids({ kinds: ['restore', 'undo'], states: ['failed'] })).toEqual([id(2)]);
    expect(ids({ since: started(2) })).toEqual([id(3), id(2)]);
    expect(ids({ until: started(2), cluster: id(1) })).toEqual([id(1)]);
  });

  it('tell what lies in each storage', () => {
    const { points } = filled();
    expect(points.contents()).toEqual(
      new Map([
        [id(1), { archives: 4, bytes: 4 * 1000 + 10 }],
        [id(2), { archives: 3, bytes: 3 * 1000 + 306 }],
      ]),
    );
  });
});
