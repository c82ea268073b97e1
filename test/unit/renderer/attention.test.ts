import { expect, test } from 'vitest';
import type { Overview, TaskOverview } from '../../../shared/model/overview.ts';
import type { Run } from '../../../shared/model/run.ts';
import { findAttention } from '../../../shared/report/attention.ts';

const at = '2026-01-02T03:04:05.000Z';

function ended(state: Run['state']): Run {
  return {
    id: '0123456789abcdef',
    kind: 'backup',
    state,
    reason: 'schedule',
    started: at,
    steps: [],
    counts: {},
  };
}

function task(name: string, more: Partial<TaskOverview>): TaskOverview {
  return { id: '0123456789abcdef', name, services: ['ZooKeeper'], paused: false, ...more };
}

const overview: Overview = {
  now: at,
  running: [],
  storages: [
    {
      id: '0123456789abcdef',
      name: 'nearly',
      driver: 'local',
      total: 100,
      free: 9,
      archives: 1,
      archiveBytes: 1,
    },
    {
      id: '0123456789abcdee',
      name: 'roomy',
      driver: 'local',
      total: 100,
      free: 10,
      archives: 1,
      archiveBytes: 1,
    },
    { id: '0123456789abcded', name: 'silent', driver: 'obs', archives: 1, archiveBytes: 1 },
  ],
  clusters: [
    {
      id: '0123456789abcdef',
      name: 'prod',
      environment: 'production',
      readOnly: false,
      services: [
        { service: 'ZooKeeper', source: 'zookeeper', tasks: ['nightly'] },
        { service: 'Kafka', source: 'kafka', tasks: [] },
      ],
      tasks: [
        task('fine', { last: ended('succeeded') }),
        task('broken', { last: ended('failed') }),
        task('late', { last: ended('failed'), overdueSince: at }),
        task('given-up', { last: ended('cancelled') }),
      ],
    },
  ],
};

test('what is not well is told once, the worst first', () => {
  const told = findAttention(overview).map((each) =>
    'task' in each
      ? `${each.kind} ${each.task}`
      : `${each.kind} ${'storage' in each ? each.storage : each.service}`,
  );
  expect(told).toEqual(['overdue late', 'failed broken', 'full nearly', 'unprotected Kafka']);
});
