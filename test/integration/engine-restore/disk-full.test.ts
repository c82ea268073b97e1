import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { startZooKeeper } from '../../servers/zookeeper.ts';
import { canMount, mounted } from '../../storages/tmpfs.ts';
import { Bench } from './bench.ts';
import { breakTree, openSuper, plantTree, see, superPassword } from './tree.ts';

/** Left free: less than the undo point's three large values, more than the catalog asks for. */
const FREE = 450_000;

it.skipIf(!canMount())(
  'a disk too full for the undo point keeps the restore from changing anything',
  async () => {
    const folder = workFolder('disk');
    const disk = join(folder, 'data');
    mkdirSync(disk);
    await mounted(disk, '8m', async () => {
      await using server = await startZooKeeper({ superPassword });
      const client = await openSuper(server);
      await plantTree(client, 200, 31);
      const data = join(disk, 'holdfast');
      mkdirSync(data, { mode: 0o700 });
      await using bench = await Bench.open('disk-full', data);
      await bench.addCluster('zk', server);
      const point = await bench.backup('zk');
      const before = await see(server);
      await breakTree(client, 32);
      const broken = await see(server);

      const plan = await bench.plan(point);
      const filler = join(disk, 'filler');
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(filler, Buffer.alloc(bavail * bsize - FREE));
      const run = await bench.ended((await bench.start(plan)).id);
      expect(run).toMatchObject({ state: 'failed', error: { code: 'storage.full', category: 'capacity' } });
      expect(existsSync(join(data, 'undo', plan.id))).toBe(false);
      expect((await see(server)).nodes).toEqual(broken.nodes);

      rmSync(filler);
      expect((await bench.resume(run.id)).state).toBe('succeeded');
      expect((await see(server)).nodes).toEqual(before.nodes);
      await client.close();
    });
    removeWorkFolder(folder);
  },
);
