import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { codeOf } from '../engine-backup/codes.ts';
import { Workstation } from '../engine-backup/workstation.ts';

describe('one service of a point whose services lie in two storages', () => {
  let server: ZooKeeperServer;
  let client: ZooKeeperClient;
  let station: Workstation;
  let point: string;

  beforeAll(async () => {
    server = await startZooKeeper();
    client = await connect({ connectString: server.connectString });
    for (const path of ['/one', '/one/a', '/two', '/two/b']) await client.create(path, Buffer.from(path));
    station = await Workstation.open();
    const targets = ['one', 'two'].map((name) => ({ connectString: `${server.connectString}/${name}` }));
    await station.addCluster('zk', targets);
    for (const name of ['disk', 'other']) {
      mkdirSync(join(station.dataDirectory, '..', name));
      await station.addStorage(name, join(station.dataDirectory, '..', name));
    }
    await station.createTask('both', { sources: [{}, { service: 'ZooKeeper-2', storage: 'other' }] });
    point = (await station.backup('both')).id;
  });

  afterAll(async () => {
    await client?.close();
    await station?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  it('is restored though the storage of the other is gone', async () => {
    const folder = join(station.dataDirectory, '..', 'other');
    renameSync(folder, `${folder}-away`);
    await client.delete('/one/a');
    const order = {
      from: { of: 'point', point } as const,
      services: ['ZooKeeper'],
      select: [],
      mode: 'equal' as const,
    };
    const { restores, explore } = station.client;
    let plan = '';
    for await (const event of await restores.plan(order)) if (event.event === 'planned') plan = event.plan.id;
    await restores.start({ plan, confirm: 'zk' });
    expect((await station.ended(plan)).run.state).toBe('succeeded');
    expect((await client.getData('/one/a')).data?.toString()).toBe('/one/a');
    const place = { key: [], limit: 10 };
    const shown = await explore.place({ ...place, target: { ...order.from, service: 'ZooKeeper' } });
    expect(shown.children).toMatchObject([{ name: 'a' }]);
    const other = explore.place({ ...place, target: { ...order.from, service: 'ZooKeeper-2' } });
    expect(await codeOf(other)).toBe('storage.missing');
    const all = Array.fromAsync(await restores.plan({ ...order, services: [] }));
    expect(await codeOf(all)).toBe('storage.missing');
  });
});
