import { describe, expect, it } from 'vitest';
import type { PointView, SourceConnection } from '../../../main/sources/contract.ts';
import { LoadGate } from '../../../main/sources/load.ts';
import driver from '../../../main/sources/zookeeper/driver.ts';
import { zookeeperOptions } from '../../../main/sources/zookeeper/options.ts';
import { until } from '../../servers/condition.ts';
import { startEnsemble, startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { captureToMemory, MemoryCapture } from '../../support/point-memory.ts';
import { openClient, openSource, selectionOf } from './connections.ts';

const NODES = 3000;
const tree = selectionOf('/tree');

/** A flat tree of small nodes. */
async function fill(server: { readonly connectString: string }): Promise<void> {
  await using client = await openClient(server);
  await client.create('/tree', null);
  for (let from = 0; from < NODES; from += 500) {
    const names = Array.from({ length: 500 }, (_, i) => `/tree/n-${from + i}`);
    await client.multi(names.map((path) => ({ op: 'create', path, data: Buffer.from(path) })));
  }
}

async function connectionsOf(server: ZooKeeperServer): Promise<number> {
  return Number(/^zk_num_alive_connections\s+(\d+)$/m.exec(await server.ask('mntr'))?.[1]);
}

async function keysOf(point: PointView): Promise<string[]> {
  const batches = await Array.fromAsync(point.entries());
  return batches.flat().map(({ key }) => key.join('/'));
}

/** Many transactions: more than the sessions of a capture make. */
async function moveOn(server: ZooKeeperServer): Promise<void> {
  await using client = await openClient(server);
  await Promise.all(Array.from({ length: 100 }, () => client.setData('/tree/n-1', Buffer.from('again'))));
}

/**
 * A source whose own session is at the first server and whose others are at the second, as far as they have the
 * choice: servers are tried in the order of the random numbers that they draw.
 */
async function openApart(first: ZooKeeperServer, second: ZooKeeperServer): Promise<SourceConnection> {
  const draws = [0, 0.5];
  const connectString = `${first.connectString},${second.connectString}`;
  const random = (): number => {
    const next = draws.shift() ?? 0;
    if (draws.length === 0) draws.push(0.5, 0);
    return next;
  };
  return driver.connect(zookeeperOptions.parse({ connectString, patience: 1 }), {
    now: () => new Date(),
    random,
    gate: new LoadGate({ requestsInFlight: 8 }),
  });
}

describe('a capture that reads by several sessions', () => {
  it('is not disturbed by their coming and going, and leaves none behind', async () => {
    await using server = await startZooKeeper();
    await fill(server);
    const source = await openSource(server);
    const before = await connectionsOf(server);
    const memory = new MemoryCapture();
    let during = 0;
    const { position } = await source.capture(tree, {
      put: async (line, generation) => {
        memory.put(line, generation);
        if (during === 0) during = await connectionsOf(server);
      },
      flush: () => memory.flush(),
      blob: (data) => memory.blob(data),
      progress: (done) => memory.progress(done),
      warn: (note) => memory.warn(note),
    });
    expect(during - before).toBe(7);
    expect(memory.generations.map((lines) => lines.length)).toEqual([NODES + 2]);
    // A session that began or ended between the syncs would have moved the position.
    expect(position).toMatchObject({ consistent: true, rounds: 0 });
    expect(position.z0).toBe(position.z1);
    await until('the sessions to be gone', async () => (await connectionsOf(server)) === before || undefined);
    await source.close();
  });

  it('does with those that the server admits', async () => {
    // The source's own connection, one to probe with, and one more.
    await using server = await startZooKeeper({ properties: { 'zookeeper.maxCnxns': '4' } });
    await fill(server);
    const source = await openSource(server);
    const point = await captureToMemory(source, tree);
    expect(await keysOf(point)).toHaveLength(NODES + 2);
    expect(point.missing).toEqual([]);
    await source.close();
  });

  it('sees at every member of an ensemble what was there when it began', async () => {
    const members = await startEnsemble(3);
    const connectString = members.map((member) => member.connectString).join(',');
    try {
      await fill({ connectString });
      for (let run = 0; run < 5; run++) {
        await using client = await openClient({ connectString });
        await client.setData('/tree/n-0', Buffer.from(`run ${run}`));
        const source = await openSource({ connectString });
        const point = await captureToMemory(source, tree);
        expect(await keysOf(point)).toHaveLength(NODES + 2);
        expect(point.position).toMatchObject({ consistent: true });
        expect(await point.entry(['tree', 'n-0'])).toMatchObject({
          content: { data: Buffer.from(`run ${run}`).toString('base64') },
        });
        await source.close();
      }
    } finally {
      await Promise.all(members.map((member) => member[Symbol.asyncDispose]()));
    }
  });

  // Two servers that know nothing of each other stand for one that follows a leader which was replaced.
  it('takes nothing from a server that is behind', async () => {
    await using ahead = await startZooKeeper();
    await using behind = await startZooKeeper();
    await fill(ahead);
    await moveOn(ahead);
    const source = await openApart(ahead, behind);
    const point = await captureToMemory(source, tree);
    expect(await keysOf(point)).toHaveLength(NODES + 2);
    expect(point.position).toMatchObject({ consistent: true, rounds: 0 });
    await source.close();
  });

  it('does not call it one moment when its other sessions saw more than its own ever does', async () => {
    await using ahead = await startZooKeeper();
    await using behind = await startZooKeeper();
    await fill(ahead);
    await moveOn(ahead);
    await using client = await openClient(behind);
    await client.create('/tree', null);
    const source = await openApart(behind, ahead);
    await expect(captureToMemory(source, tree)).rejects.toMatchObject({ code: 'source.unreachable' });
    await source.close();
  });
});
