import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MIGRATIONS } from '../../../main/catalog/migrations.ts';
import { openCatalog } from '../../../main/catalog/open.ts';
import type { Change } from '../../../shared/model/change.ts';
import { archive, cluster, id, point, run, source, storage, task } from './sample.ts';
import { temporaryFolder } from './temporary.ts';

function opened() {
  const told: Change[] = [];
  const path = join(temporaryFolder(), 'catalog.sqlite');
  const catalog = openCatalog(path, MIGRATIONS, (change) => told.push(change));
  onTestFinished(() => catalog.close());
  const tell = () => told.splice(0);
  return { catalog, tell };
}

describe('what a catalog tells of its changes', () => {
  it('is each change of a definition, and none that was refused', () => {
    const { catalog, tell } = opened();
    catalog.clusters.add(cluster(1));
    catalog.storages.add(storage(2));
    catalog.tasks.add(task(3, { sources: [source(2)] }));
    catalog.clusters.update(cluster(1, { readOnly: true }));
    expect(() => catalog.clusters.add(cluster(4, { name: 'cluster 1' }))).toThrow();
    expect(() => catalog.clusters.remove(id(1))).toThrow();
    expect(tell()).toEqual([
      { kind: 'cluster', id: id(1) },
      { kind: 'storage', id: id(2) },
      { kind: 'task', id: id(3) },
      { kind: 'cluster', id: id(1) },
    ]);
  });

  it('waits for the end of a transaction, and is silent about one that fails', () => {
    const { catalog, tell } = opened();
    catalog.transaction(() => {
      catalog.clusters.add(cluster(1));
      expect(() =>
        catalog.transaction(() => {
          catalog.clusters.add(cluster(2));
          throw new Error('undone');
        }),
      ).toThrow('undone');
      catalog.clusters.add(cluster(3));
      expect(tell()).toEqual([]);
    });
    expect(tell()).toEqual([
      { kind: 'cluster', id: id(1) },
      { kind: 'cluster', id: id(3) },
    ]);
    expect(() =>
      catalog.transaction(() => {
        catalog.clusters.remove(id(1));
        throw new Error('undone');
      }),
    ).toThrow('undone');
    expect(tell()).toEqual([]);
  });

  it('names the point whose archive was verified or removed', () => {
    const { catalog, tell } = opened();
    catalog.storages.add(storage(1));
    catalog.points.put(point(7, { archives: [archive(1), archive(2, { service: 'Kafka' })] }));
    tell();
    catalog.points.verified(archive(1).id, { at: point(1).created, level: 'file', sound: true });
    catalog.points.removeArchive(archive(2).id);
    catalog.points.verified(archive(9).id, { at: point(1).created, level: 'file', sound: true });
    catalog.points.pin(id(7), true);
    expect(tell()).toEqual(Array(3).fill({ kind: 'point', id: id(7) }));
    catalog.storages.remove(id(1));
    expect(tell()).toEqual([{ kind: 'storage', id: id(1) }, { kind: 'point' }]);
  });

  it('is a run that was added, changed, interrupted or forgotten', () => {
    const { catalog, tell } = opened();
    catalog.runs.add(run(1, { state: 'running' }));
    catalog.runs.update(run(1, { state: 'running', counts: { captured: 1 } }));
    catalog.runs.interruptUnfinished(new Date());
    expect(tell()).toEqual(Array(3).fill({ kind: 'run', id: id(1) }));
    catalog.runs.forget(new Date(0));
    expect(tell()).toEqual([]);
    catalog.runs.forget(new Date('2100-01-01'));
    expect(tell()).toEqual([{ kind: 'run' }]);
  });
});
