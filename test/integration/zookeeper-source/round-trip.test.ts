import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dumpWithJava, fillAndHoldWithJava } from '../../foreign/zookeeper.ts';
import { startZooKeeper, type ZooKeeperServer, type ZooKeeperVersion } from '../../servers/zookeeper.ts';
import { captureToMemory } from '../../support/point-memory.ts';
import {
  compareInMemory,
  describeDone,
  planToMemory,
  restoreFromMemory,
} from '../../support/restore-memory.ts';
import {
  asSuper,
  equal,
  everything,
  openClient,
  openSource,
  restorable,
  superPassword,
} from './connections.ts';

const versions: readonly ZooKeeperVersion[] = ['3.9', '3.6', '3.5'];

describe.each(versions)('a whole tree of ZooKeeper %s', (version) => {
  let origin: ZooKeeperServer;
  let target: ZooKeeperServer;
  let filled: Awaited<ReturnType<typeof fillAndHoldWithJava>>;
  const digest = `super:${superPassword}`;

  beforeAll(async () => {
    [origin, target] = await Promise.all([
      startZooKeeper({ version, superPassword }),
      startZooKeeper({ version, superPassword }),
    ]);
    filled = await fillAndHoldWithJava(origin, { path: '/tree', count: 3000, largest: 900_000 });
  });

  afterAll(async () => {
    await filled?.[Symbol.asyncDispose]();
    await Promise.all([origin?.[Symbol.asyncDispose](), target?.[Symbol.asyncDispose]()]);
  });

  it('comes back on another server as ZooKeeper’s own client sees it', async () => {
    const from = await openSource(origin, asSuper);
    const into = await openSource(target, asSuper);
    const point = await captureToMemory(from, everything);
    expect(point.missing).toEqual([]);
    expect(point.position).toMatchObject({ consistent: true });

    const { done, notes } = await restoreFromMemory(into, point, equal);
    expect(done.filter(({ outcome }) => outcome.outcome !== 'applied').map(describeDone)).toEqual([]);
    const kept = notes
      .filter(({ code }) => code === 'ephemeral-not-restored')
      .map(({ params }) => params.path);
    expect(kept.sort()).toEqual([...filled.ephemerals].sort());

    const [wanted, restored] = await Promise.all([
      dumpWithJava(origin, '/', { digest }),
      dumpWithJava(target, '/', { digest }),
    ]);
    expect(wanted.length).toBeGreaterThan(2900);
    expect(restorable(restored)).toEqual(restorable(wanted));

    expect(await compareInMemory(into, point, equal)).toEqual([]);
    expect((await planToMemory(into, point, equal)).steps).toEqual([]);
    await Promise.all([from.close(), into.close()]);
  });

  it('gives the next sequential child the number it would have had', async () => {
    const [a, b] = await Promise.all([openClient(origin, digest), openClient(target, digest)]);
    const parents = (await dumpWithJava(origin, '/', { digest })).filter(
      ({ path, numChildren }) => path.startsWith('/tree/') && numChildren > 0,
    );
    expect(parents.length).toBeGreaterThan(10);
    for (const { path } of parents) {
      const mode = 'persistentSequential';
      const [there, here] = await Promise.all([
        a.create(`${path}/next-`, null, { mode }),
        b.create(`${path}/next-`, null, { mode }),
      ]);
      expect(here.path).toBe(there.path);
    }
    await Promise.all([a.close(), b.close()]);
  });
});
