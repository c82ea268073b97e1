import { join } from 'node:path';
import { expect, it } from 'vitest';
import { KillSeries } from './kill-series.ts';
import { archivesIn, confirmByTools, filesIn } from './storage-folder.ts';

it('a backup killed at any moment leaves earlier points whole, nothing half, and is shown as interrupted', async () => {
  await using series = await KillSeries.open();
  const { station, storage } = series;
  const left = await series.kill(18);
  // Killed before the first archive, between the two, and after both.
  expect([...left]).toEqual(expect.arrayContaining(['interrupted 0', 'interrupted 1', 'interrupted 2']));

  await station.client.storages.rescan({ name: 'disk' });
  const archives = archivesIn(storage);
  for (const path of archives) confirmByTools(join(storage, path));
  expect(filesIn(storage)).toHaveLength(archives.length * 3);
  const points = await station.client.points.list({ limit: 100 });
  expect(points.flatMap((point) => point.archives.map(({ path }) => path)).sort()).toEqual(archives);
  for (const { complete, archives: own } of points) expect(complete).toBe(own.length === 2);
  const again = await station.client.storages.rescan({ name: 'disk' });
  expect(again).toMatchObject({ repaired: [], damaged: [] });
}, 240_000);
