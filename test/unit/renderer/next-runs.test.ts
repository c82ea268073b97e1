import { expect, test } from 'vitest';
import { nextRuns } from '../../../renderer/features/overview/next-runs.ts';
import type { ClusterOverview } from '../../../shared/model/overview.ts';

test('the soonest runs of all clusters; tasks that do not run by themselves are left out', () => {
  const cluster = (name: string, next: readonly (string | undefined)[]): ClusterOverview => ({
    id: '0123456789abcdef',
    name,
    environment: 'test',
    readOnly: false,
    services: [],
    tasks: next.map((at, i) => ({
      id: '0123456789abcdef',
      name: `${name}${i}`,
      services: [],
      paused: false,
      ...(at === undefined ? {} : { next: at }),
    })),
  });
  const clusters = [
    cluster('a', ['2026-01-03T00:00:00.000Z', undefined, '2026-01-01T00:00:00.000Z']),
    cluster('b', ['2026-01-02T00:00:00.000Z']),
  ];
  expect(nextRuns({ clusters }, 2).map(({ task }) => task)).toEqual(['a2', 'b0']);
});
