import { describe, expect, test } from 'vitest';
import { byFolder } from '../../../renderer/features/clusters/folders.ts';
import { isFolder, marksOf, NO_MARKS } from '../../../renderer/features/clusters/marks-draft.ts';
import { readExport } from '../../../renderer/features/clusters/read-export.ts';
import {
  isInFlight,
  isRate,
  settingsChange,
  settingsDraft,
} from '../../../renderer/features/clusters/settings-draft.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';

const cluster: Cluster = {
  id: '0123456789abcdef',
  name: 'lab',
  environment: 'production',
  readOnly: true,
  colour: 'teal',
  folder: 'europe/lab',
  limits: { requestsInFlight: 8, objectsPerSecond: 500 },
  services: [{ source: 'zookeeper', service: 'ZooKeeper', options: {} }],
  created: '2026-01-02T03:04:05.000Z',
};

describe('settings of a cluster', () => {
  test('that are not touched change nothing', () => {
    expect(settingsChange(settingsDraft(cluster))).toEqual({
      environment: 'production',
      readOnly: true,
      colour: 'teal',
      folder: 'europe/lab',
      description: null,
      limits: { requestsInFlight: 8, objectsPerSecond: 500 },
    });
  });

  test('that are emptied are taken away', () => {
    const emptied = { ...settingsDraft(cluster), marks: NO_MARKS, objectsPerSecond: '' };
    expect(settingsChange(emptied)).toMatchObject({
      colour: null,
      folder: null,
      description: null,
      limits: { objectsPerSecond: null },
    });
    expect(marksOf(NO_MARKS)).toEqual({});
  });

  test('take only numbers and folders that the host takes', () => {
    expect(['1', '1024'].filter(isInFlight)).toHaveLength(2);
    expect(['', '0', '1025', '1.5', '-1', 'many'].filter(isInFlight)).toEqual([]);
    expect(['', '1', '500'].filter(isRate)).toHaveLength(3);
    expect(['0', '1.5', 'x'].filter(isRate)).toEqual([]);
    expect(['', 'a', 'a/b'].filter(isFolder)).toHaveLength(3);
    expect(['a//b', '..', 'a/../b'].filter(isFolder)).toEqual([]);
  });
});

test('clusters stand in their folders, those in none first, numbers in order', () => {
  const named = (name: string, folder?: string) => ({ name, ...(folder === undefined ? {} : { folder }) });
  const folders = byFolder(
    [named('a', 'site 10'), named('b'), named('c', 'site 9'), named('d', 'site 10')],
    'en',
  );
  expect(folders.map(({ folder, clusters }) => [folder, clusters.map(({ name }) => name)])).toEqual([
    ['', ['b']],
    ['site 9', ['c']],
    ['site 10', ['a', 'd']],
  ]);
});

describe('a file of exported clusters', () => {
  const document = {
    format: 'holdfast-clusters/1.0',
    written: cluster.created,
    clusters: [
      {
        name: 'lab',
        environment: 'test',
        readOnly: false,
        limits: { requestsInFlight: 8 },
        services: [{ source: 'zookeeper', service: 'ZooKeeper', options: {}, secrets: ['password'] }],
      },
    ],
  };

  test('is read', () => {
    expect(readExport('x.json', JSON.stringify(document)).clusters).toHaveLength(1);
  });

  test('or refused with the place that does not fit', () => {
    expect(() => readExport('x.json', 'nonsense')).toThrow(/x\.json.*not JSON/);
    const other = { ...document, format: 'something-else/2.0' };
    expect(() => readExport('x.json', JSON.stringify(other))).toThrow(
      /format: it is not an export of clusters/,
    );
  });
});
