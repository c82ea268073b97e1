import { describe, expect, it } from 'vitest';
import { cluster, id, source, storage, task } from './sample.ts';
import { temporaryCatalog } from './temporary.ts';

function filled() {
  const { catalog } = temporaryCatalog();
  catalog.clusters.add(cluster(1));
  catalog.storages.add(storage(1));
  catalog.storages.add(storage(2));
  return catalog;
}

const failure = (code: string, params: object = {}) =>
  expect.objectContaining({ code, params: expect.objectContaining(params) });

describe('clusters, storages and tasks', () => {
  it('come back as they went in, by id and by name', () => {
    const catalog = filled();
    const periodic = task(1, {
      schedule: { start: '2026-06-01T10:00:00.000Z', every: 2, unit: 'days', timeZone: 'Asia/Shanghai' },
      sources: [source(1), { ...source(2), service: 'Kafka', key: 'k1' }],
    });
    catalog.tasks.add(periodic);
    expect(catalog.tasks.get(id(1))).toEqual(periodic);
    expect(catalog.tasks.byName('task 1')).toEqual(periodic);
    expect(catalog.clusters.byName('cluster 1')).toEqual(cluster(1));
    expect(catalog.storages.list()).toEqual([storage(1), storage(2)]);
  });

  it('are listed by name', () => {
    const catalog = filled();
    for (const [index, name] of ['beta', 'alpha', '中文'].entries()) {
      catalog.clusters.add(cluster(index + 2, { name }));
    }
    expect(catalog.clusters.list().map(({ name }) => name)).toEqual(['alpha', 'beta', 'cluster 1', '中文']);
  });

  it('have names of their own', () => {
    const catalog = filled();
    expect(() => catalog.clusters.add(cluster(2, { name: 'cluster 1' }))).toThrow(
      failure('catalog.name-taken', { name: 'cluster 1' }),
    );
    expect(() => catalog.storages.update(storage(2, { name: 'storage 1' }))).toThrow(
      failure('catalog.name-taken'),
    );
    catalog.storages.update(storage(2, { name: 'archive' }));
    expect(catalog.storages.findByName('storage 2')).toBeUndefined();
    expect(catalog.storages.byName('archive').id).toBe(id(2));
  });

  it('that are not there are named in the error', () => {
    const catalog = filled();
    expect(() => catalog.clusters.byName('nowhere')).toThrow(
      failure('catalog.no-cluster', { name: 'nowhere' }),
    );
    expect(() => catalog.storages.get(id(9))).toThrow(failure('catalog.no-storage'));
    expect(() => catalog.tasks.update(task(9))).toThrow(failure('catalog.no-task'));
    expect(() => catalog.tasks.remove(id(9))).toThrow(failure('catalog.no-task'));
  });
});

describe('what a task uses', () => {
  it('must be there', () => {
    const catalog = filled();
    expect(() => catalog.tasks.add(task(1, { cluster: id(7) }))).toThrow(failure('catalog.no-cluster'));
    expect(() => catalog.tasks.add(task(1, { sources: [source(1), source(8)] }))).toThrow(
      failure('catalog.no-storage', { name: id(8) }),
    );
    expect(catalog.tasks.list()).toEqual([]);
  });

  it('cannot be removed, and the error names the tasks', () => {
    const catalog = filled();
    catalog.tasks.add(task(1, { name: 'nightly' }));
    catalog.tasks.add(task(2, { name: 'hourly', sources: [source(1), source(2)] }));
    expect(() => catalog.clusters.remove(id(1))).toThrow(
      failure('catalog.in-use', { name: 'cluster 1', tasks: ['hourly', 'nightly'] }),
    );
    expect(() => catalog.storages.remove(id(2))).toThrow(failure('catalog.in-use', { tasks: ['hourly'] }));
    expect(catalog.storages.list()).toHaveLength(2);
  });

  it('is free again when the task no longer names it or is gone', () => {
    const catalog = filled();
    catalog.tasks.add(task(1, { sources: [source(1), source(2)] }));
    catalog.tasks.update(task(1));
    catalog.storages.remove(id(2));
    catalog.tasks.remove(id(1));
    catalog.storages.remove(id(1));
    catalog.clusters.remove(id(1));
    expect(catalog.clusters.list()).toEqual([]);
  });
});

describe('a transaction', () => {
  it('keeps everything or nothing, also nested', () => {
    const catalog = filled();
    expect(() =>
      catalog.transaction(() => {
        catalog.tasks.add(task(1));
        catalog.transaction(() => catalog.tasks.add(task(2)));
        throw new Error('changed my mind');
      }),
    ).toThrow('changed my mind');
    expect(catalog.tasks.list()).toEqual([]);
    catalog.transaction(() => catalog.tasks.add(task(1)));
    expect(catalog.tasks.list()).toHaveLength(1);
  });
});
