import { describe, expect, test } from 'vitest';
import { byFolder } from '../../../renderer/features/clusters/folders.ts';
import { isFolder, marksOf, NO_MARKS } from '../../../renderer/features/clusters/marks-draft.ts';
import { readExport } from '../../../renderer/features/clusters/read-export.ts';
import {
  areServicesFit,
  isTaken,
  servicesChange,
  servicesDraft,
  withAdded,
} from '../../../renderer/features/clusters/services-draft.ts';
import {
  isInFlight,
  isRate,
  settingsChange,
  settingsDraft,
} from '../../../renderer/features/clusters/settings-draft.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import type { SourceDescription } from '../../../shared/model/driver.ts';

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
    expect(settingsChange(settingsDraft(cluster), settingsDraft(cluster))).toEqual({});
  });

  test('are sent where they are others than before, and no more: others may change the rest', () => {
    const draft = { ...settingsDraft(cluster), readOnly: false, requestsInFlight: '9' };
    expect(settingsChange(draft, settingsDraft(cluster))).toEqual({
      readOnly: false,
      limits: { requestsInFlight: 9 },
    });
  });

  test('that are emptied are taken away', () => {
    const emptied = { ...settingsDraft(cluster), marks: NO_MARKS, objectsPerSecond: '' };
    expect(settingsChange(emptied, settingsDraft({ ...cluster, description: 'Orders' }))).toMatchObject({
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

describe('services of a cluster that is changed', () => {
  const driver = {
    id: 'zookeeper',
    dataSource: 'ZooKeeper',
    label: { en: 'ZooKeeper', zh: 'ZooKeeper' },
    options: [
      {
        name: 'connectString',
        flag: 'connect-string',
        type: { kind: 'text' },
        required: true,
        secret: false,
        advanced: false,
        label: { en: 'Servers', zh: '服务器' },
      },
    ],
  } as unknown as SourceDescription;
  const drivers = [driver];
  const two: Cluster = {
    ...cluster,
    services: ['ZooKeeper', 'other'].map((service) => ({
      source: 'zookeeper',
      service,
      options: { connectString: 'a:2181' },
    })),
  };
  const untouched = servicesDraft(two, drivers);

  test('change nothing untouched', () => {
    expect(servicesChange(two, untouched, drivers)).toEqual({
      services: [],
      addServices: [],
      removeServices: [],
    });
    expect(areServicesFit(two, untouched, drivers)).toBe(true);
  });

  test('are added under a free name, once they are filled in', () => {
    const added = withAdded(untouched, two, driver);
    const [service] = added.added;
    expect(service?.service).toBe('ZooKeeper-2');
    expect(areServicesFit(two, added, drivers)).toBe(false);
    if (service === undefined) return;
    const filled = { ...service, values: { connectString: 'b:2181' } };
    expect(areServicesFit(two, { ...added, added: [filled] }, drivers)).toBe(true);
    const twin = { ...filled, service: 'other' };
    expect(isTaken(two, { ...added, added: [twin] }, twin)).toBe(true);
    expect(areServicesFit(two, { ...added, added: [twin] }, drivers)).toBe(false);
    expect(servicesChange(two, { ...added, added: [filled] }, drivers).addServices).toEqual([
      { source: 'zookeeper', service: 'ZooKeeper-2', options: { connectString: 'b:2181' } },
    ]);
  });

  test('are taken out, but for the last one', () => {
    const one = { ...untouched, removed: ['other'] };
    expect(servicesChange(two, one, drivers)).toMatchObject({ services: [], removeServices: ['other'] });
    expect(areServicesFit(two, one, drivers)).toBe(true);
    expect(areServicesFit(two, { ...one, removed: ['other', 'ZooKeeper'] }, drivers)).toBe(false);
  });
});
