import { expect, test } from 'vitest';
import { plottedRuns } from '../../../renderer/ui/plot/plotted-run.ts';

test('runs that are over and left something are plotted, the oldest first', () => {
  const run = (day: number, state: 'succeeded' | 'incomplete' | 'failed' | 'cancelled') => ({
    state,
    started: `2026-01-0${day}T02:00:00.000Z`,
    bytes: day * 100,
    milliseconds: day,
  });
  const running = { state: 'running', started: '2026-01-06T02:00:00.000Z', bytes: 5 } as const;
  const plotted = plottedRuns([
    running,
    run(5, 'succeeded'),
    run(4, 'failed'),
    run(3, 'cancelled'),
    run(2, 'incomplete'),
    run(1, 'succeeded'),
  ]);
  expect(plotted).toEqual([
    { at: '2026-01-01T02:00:00.000Z', bytes: 100, milliseconds: 1 },
    { at: '2026-01-02T02:00:00.000Z', bytes: 200, milliseconds: 2 },
    { at: '2026-01-05T02:00:00.000Z', bytes: 500, milliseconds: 5 },
  ]);
});
