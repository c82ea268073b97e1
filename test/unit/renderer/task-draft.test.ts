import { expect, test } from 'vitest';
import {
  draftOf,
  emptyDraft,
  isProtected,
  presetOf,
  scheduleOf,
  sourcesOf,
  taskDraft,
  withCluster,
  withNewStorage,
  withPreset,
  withSource,
} from '../../../renderer/features/tasks/wizard/draft.ts';
import { simulateRetention } from '../../../renderer/features/tasks/wizard/simulate.ts';
import type { TaskView } from '../../../shared/contract/contract.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import type { DriverField, SourceDescription } from '../../../shared/model/driver.ts';

const now = new Date('2026-03-28T12:00:00.000Z');
const text = (en: string) => ({ en, zh: en });

const roots: DriverField = {
  name: 'roots',
  flag: 'roots',
  type: { kind: 'list' },
  required: false,
  default: ['/'],
  label: text('Subtrees'),
  secret: false,
  advanced: false,
};

function driver(id: string, sensitive: boolean): SourceDescription {
  return {
    id,
    label: text(id),
    summary: text(''),
    options: [],
    account: text(''),
    dataSource: id,
    selection: [roots],
    kinds: [{ kind: 'k', label: text('K'), fidelity: 'exact', sensitive }],
    capabilities: { severalServices: false, consistentCapture: true, triesAfterRestore: false },
  };
}

const drivers = [driver('zookeeper', true), driver('kafka', false)];

const cluster: Cluster = {
  id: '0123456789abcdef',
  name: 'prod',
  environment: 'production',
  readOnly: false,
  limits: { requestsInFlight: 8 },
  services: [
    { source: 'zookeeper', service: 'ZooKeeper', options: {} },
    { source: 'kafka', service: 'Kafka', options: {} },
  ],
  created: '2026-01-01T00:00:00.000Z',
};

const fresh = withCluster(emptyDraft(now, 'Europe/Berlin'), cluster, drivers, ['disk']);

test('a production cluster begins daily, with all services, to the only storage', () => {
  expect(presetOf(fresh)).toBe('production');
  expect(scheduleOf(fresh.timing)).toEqual({
    // The night in which the clocks of Berlin leap from two to three.
    start: '2026-03-29T01:00:00.000Z',
    every: 1,
    unit: 'days',
    timeZone: 'Europe/Berlin',
  });
  expect(sourcesOf(fresh, drivers, {})).toEqual([
    {
      service: 'ZooKeeper',
      selection: { roots: ['/'] },
      storage: 'disk',
      directory: '',
      maximumCopies: 14,
      consent: false,
    },
    {
      service: 'Kafka',
      selection: { roots: ['/'] },
      storage: 'disk',
      directory: '',
      maximumCopies: 14,
      consent: false,
    },
  ]);
});

test('of several storages none is taken for granted', () => {
  const draft = withCluster(fresh, cluster, drivers, ['a', 'b']);
  expect(draft.sources.map(({ storage }) => storage)).toEqual(['', '']);
});

test('a storage that is added on the way is for the only service, else for those that have none', () => {
  const storages = (draft: typeof fresh) => draft.sources.map(({ storage }) => storage);
  expect(storages(withNewStorage(withSource(fresh, 'Kafka', { storage: '' }), 'new'))).toEqual([
    'disk',
    'new',
  ]);
  expect(storages(withNewStorage(withSource(fresh, 'Kafka', { taken: false }), 'new'))).toEqual([
    'new',
    'disk',
  ]);
});

test('a preset is known again, and no longer once something of it is changed', () => {
  const byHand = withPreset(fresh, 'test');
  expect(presetOf(byHand)).toBe('test');
  expect(scheduleOf(byHand.timing)).toBeNull();
  expect(presetOf(withSource(byHand, 'Kafka', { copies: 4 }))).toBeUndefined();
  expect(presetOf({ ...fresh, timing: { ...fresh.timing, every: 2 } })).toBeUndefined();
});

test('what holds secrets needs a seal or consent; a short passphrase is no seal', () => {
  expect(isProtected(fresh, drivers, {})).toBe(false);
  expect(isProtected(withSource(fresh, 'ZooKeeper', { taken: false }), drivers, {})).toBe(true);
  expect(isProtected(withSource(fresh, 'ZooKeeper', { consent: true }), drivers, {})).toBe(true);
  expect(isProtected(withSource(fresh, 'ZooKeeper', { key: 'abc' }), drivers, {})).toBe(true);
  const sealed = withSource(fresh, 'ZooKeeper', { byPassphrase: true });
  expect(isProtected(sealed, drivers, { ZooKeeper: '1234567' })).toBe(false);
  expect(isProtected(sealed, drivers, { ZooKeeper: '12345678' })).toBe(true);
  const short = withSource(sealed, 'ZooKeeper', { storedPassphrase: true });
  expect(isProtected(short, drivers, {})).toBe(true);
  expect(isProtected(short, drivers, { ZooKeeper: '1' })).toBe(false);
});

const saved: TaskView = {
  clusterName: 'prod',
  next: [],
  task: {
    id: '0123456789abcdee',
    name: 'nightly',
    cluster: cluster.id,
    schedule: { start: '2026-01-01T01:00:00.000Z', every: 6, unit: 'hours', timeZone: 'Asia/Shanghai' },
    policy: { kind: 'full' },
    sources: [
      {
        service: 'ZooKeeper',
        selection: { roots: ['/app', '/b'] },
        storage: '00000000000000aa',
        directory: 'zk',
        maximumCopies: 5,
        passphrase: true,
        consent: false,
      },
    ],
    paused: false,
    created: '2026-01-01T00:00:00.000Z',
  },
};

test('a saved task comes back from its draft as it was: passphrase, schedule and services left out', () => {
  const draft = draftOf(saved, cluster, drivers, () => 'disk', now, 'UTC');
  expect(scheduleOf(draft.timing)).toEqual(saved.task.schedule);
  expect(sourcesOf(draft, drivers, {})).toEqual([
    {
      service: 'ZooKeeper',
      selection: { roots: ['/app', '/b'] },
      storage: 'disk',
      directory: 'zk',
      maximumCopies: 5,
      passphrase: true,
      consent: false,
    },
  ]);
  expect(sourcesOf(draft, drivers, { ZooKeeper: 'another one' })[0]?.passphrase).toBe('another one');
  const unsealed = withSource(draft, 'ZooKeeper', { byPassphrase: false });
  expect(sourcesOf(unsealed, drivers, { ZooKeeper: 'another one' })[0]).not.toHaveProperty('passphrase');
});

test('a draft survives being written down', () => {
  const draft = draftOf(saved, cluster, drivers, () => 'disk', now, 'UTC');
  expect(taskDraft.parse(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
});

test('retention keeps the newest copies', () => {
  const { runs, kept, removed, reach } = simulateRetention(5, 3, 1000);
  expect(runs.map((run) => run.kept)).toEqual([false, false, true, true, true]);
  expect({ kept, removed, reach }).toEqual({ kept: 3, removed: 2, reach: 2000 });
  const many = simulateRetention(400, 200, undefined);
  expect(many.runs[0]?.number).toBe(311);
  expect(many.runs.at(-1)?.number).toBe(400);
  expect(many.runs.every((run) => run.kept)).toBe(true);
  expect(many).toMatchObject({ kept: 200, removed: 200, reach: undefined });
});
