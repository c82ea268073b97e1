import { expect, it } from 'vitest';
import { KillSeries } from './kill-series.ts';
import { holdfast, type Moment } from './killed.ts';
import { fallenCounters, see } from './tree.ts';

const KILLS = 16;

it('a restore killed anywhere goes on where it was and reaches the point', async () => {
  await using series = await KillSeries.open(11);
  const { bench, point, server } = series;
  const moments = new Set<Moment>();
  let kills = 0;
  for (const operations of series.moments(KILLS, 12)) {
    await series.break();
    const { plan, moment } = await series.kill(operations);
    const where = `killed with operation ${operations}, at ${moment}`;
    if (moment !== undefined) {
      kills++;
      moments.add(moment);
      expect(await holdfast(bench, 'restore', '--resume', plan.id), where).toEqual({
        exitCode: 0,
        state: 'succeeded',
      });
    }
    const after = await see(server);
    expect(after.nodes, where).toEqual(point.nodes);
    expect(fallenCounters(point, after), where).toEqual([]);
    await bench.reopen();
  }
  expect(kills).toBeGreaterThanOrEqual(KILLS - 1);
  expect([...moments]).toEqual(expect.arrayContaining(['before the undo point', 'steps', 'after the steps']));
}, 600_000);
