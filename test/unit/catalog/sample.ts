import type { Cluster } from '../../../shared/model/cluster.ts';
import type { Point, PointArchive } from '../../../shared/model/point.ts';
import type { Run } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import type { Task } from '../../../shared/model/task.ts';

/** An id of 16 hex digits from a number. */
export function id(number: number): string {
  return number.toString(16).padStart(16, '0');
}

const CREATED = '2026-06-01T10:00:00.000Z';

export function cluster(number: number, more: Partial<Cluster> = {}): Cluster {
  return {
    id: id(number),
    name: `cluster ${number}`,
    environment: 'test',
    readOnly: false,
    limits: { requestsInFlight: 32 },
    services: [
      {
        source: 'zookeeper',
        service: 'ZooKeeper',
        options: { connectString: 'zk1:2181', password: { secret: 'f00d' } },
      },
    ],
    created: CREATED,
    ...more,
  };
}

export function storage(number: number, more: Partial<StorageConfig> = {}): StorageConfig {
  return {
    id: id(number),
    name: `storage ${number}`,
    driver: 'local',
    options: { directory: `/backup/${number}` },
    created: CREATED,
    ...more,
  };
}

/** A task of cluster 1 to storage 1. */
export function task(number: number, more: Partial<Task> = {}): Task {
  return {
    id: id(number),
    name: `task ${number}`,
    cluster: id(1),
    policy: { kind: 'full' },
    sources: [source(1)],
    paused: false,
    created: CREATED,
    ...more,
  };
}

export function source(storageNumber: number): Task['sources'][number] {
  return {
    service: 'ZooKeeper',
    selection: { roots: ['/'] },
    storage: id(storageNumber),
    directory: '',
    maximumCopies: 3,
    consent: false,
  };
}

export function run(number: number, more: Partial<Run> = {}): Run {
  return {
    id: id(number),
    kind: 'backup',
    state: 'succeeded',
    reason: 'person',
    started: CREATED,
    ended: CREATED,
    steps: [],
    counts: {},
    ...more,
  };
}

export function archive(number: number, more: Partial<PointArchive> = {}): PointArchive {
  return {
    id: number.toString(16).padStart(32, '0'),
    source: 'zookeeper',
    service: 'ZooKeeper',
    version: '3.9.4',
    storage: id(1),
    path: `task_1/3.9.4_ZooKeeper_${number}.tar.gz`,
    size: 1000 + number,
    sha256: 'ab'.repeat(32),
    set: number.toString(16).padStart(32, '0'),
    parent: null,
    complete: true,
    encrypted: false,
    position: { zxid: '0x10' },
    counts: { znode: { entries: 3, bytes: 100 } },
    notes: [],
    ...more,
  };
}

export function point(number: number, more: Partial<Point> = {}): Point {
  return {
    id: id(number),
    task: id(1),
    taskName: 'task 1',
    cluster: id(1),
    clusterName: 'cluster 1',
    created: new Date(Date.parse(CREATED) + number * 60_000).toISOString(),
    pinned: false,
    complete: true,
    archives: [archive(number)],
    ...more,
  };
}
