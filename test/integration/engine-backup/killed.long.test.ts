import { expect, it } from 'vitest';
import { KillSeries } from './kill-series.ts';

it('a backup survives a thousand kills', async () => {
  await using series = await KillSeries.open();
  const left = await series.kill(1000);
  expect([...left]).toEqual(expect.arrayContaining(['interrupted 0', 'interrupted 1', 'interrupted 2']));
  const report = await series.station.client.storages.rescan({ name: 'disk' });
  expect(report.damaged).toEqual([]);
}, 10_800_000);
