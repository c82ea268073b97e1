import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import type { RestorePlan } from '../../../shared/model/plan.ts';
import type { Point } from '../../../shared/model/point.ts';
import type { Target } from '../../../shared/model/target.ts';
import { ManualClock, settle } from '../../clock/manual-clock.ts';
import { until } from '../../servers/condition.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { codeOf } from '../engine-backup/codes.ts';
import { Workstation } from '../engine-backup/workstation.ts';
import { isInto } from './bench.ts';
import { asSuper, breakTree, openSuper, plantTree, see, superPassword } from './tree.ts';

/** Slow enough to be met in the middle of its steps. */
const SLOW = { requestsInFlight: 2, objectsPerSecond: 1500 };
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('a point that is being restored', () => {
  let server: ZooKeeperServer;
  let client: ZooKeeperClient;
  let clock: ManualClock;
  let station: Workstation;
  let storage: string;
  let point: Point;
  let seed = 70;

  beforeAll(async () => {
    server = await startZooKeeper({ superPassword });
    client = await openSuper(server);
    await plantTree(client, 1500, 6);
  });

  afterAll(async () => {
    await client?.close();
    await server?.[Symbol.asyncDispose]();
  });

  /** One copy is kept, and it is the one of the sound cluster. */
  beforeEach(async () => {
    clock = new ManualClock('2026-03-04T05:30:00.000Z');
    station = await Workstation.open({ clock });
    storage = workFolder('storage');
    await station.initVault();
    await station.addStorage('disk', storage);
    await station.addCluster('zk', [server], asSuper, SLOW);
    const schedule = { start: '2026-03-04T06:00:00.000Z', every: 1, unit: 'hours', timeZone: 'UTC' } as const;
    await station.createTask('t', { schedule, sources: [{ maximumCopies: 1 }] });
    point = await station.backup('t');
    await breakTree(client, seed++);
    return async () => {
      await station[Symbol.asyncDispose]();
      removeWorkFolder(storage);
    };
  });

  async function plan(from: Target): Promise<RestorePlan> {
    const order = { from, services: [], select: [], mode: 'equal' as const };
    for await (const event of await station.client.restores.plan(order)) {
      if (event.event === 'planned') return event.plan;
    }
    throw new Error('planning ended without a plan');
  }

  async function begin(from: Target = { of: 'point', point: point.id }): Promise<string> {
    return (await station.client.restores.start({ plan: (await plan(from)).id, confirm: 'zk' })).id;
  }

  /** A restore that is changing the cluster at this moment. */
  async function restoring(): Promise<string> {
    const run = await begin();
    await until('steps under way', async () => {
      const now = await station.client.runs.show({ run });
      if (now.state !== 'running') throw new Error(`the restore ended as ${now.state}`);
      return isInto(now, 'apply') || undefined;
    });
    return run;
  }

  async function stopped(): Promise<string> {
    const run = await restoring();
    await station.client.runs.cancel({ run });
    expect((await station.ended(run)).run.state).toBe('cancelled');
    return run;
  }

  function isThere(): boolean {
    return existsSync(join(storage, point.archives[0]?.path ?? ''));
  }

  it('stays while half of it is restored, whatever is backed up meanwhile, and can be resumed', async () => {
    const run = await stopped();
    clock.sleep(MINUTE);
    await station.backup('t');
    clock.sleep(MINUTE);
    const half = await station.backup('t');
    expect(await station.points()).toEqual([half.id, point.id]);
    expect(isThere()).toBe(true);
    expect(await station.client.points.show({ point: point.id })).toMatchObject({ heldBy: run });
    expect(await codeOf(station.client.points.remove({ point: point.id }))).toBe('engine.point-held');
    await station.reopen();
    expect(await codeOf(station.client.points.remove({ point: point.id }))).toBe('engine.point-held');

    const resumed = await station.ended((await station.client.restores.resume({ run })).id);
    expect(resumed.run.state).toBe('succeeded');
    expect(await station.client.points.show({ point: point.id })).not.toHaveProperty('heldBy');
    const whole = await station.backup('t');
    expect(await station.points()).toEqual([whole.id]);
    expect(isThere()).toBe(false);
  });

  it('is free once the restore is taken back', async () => {
    const broken = await see(server);
    const run = await stopped();
    expect((await station.ended(await begin({ of: 'undo', run }))).run.state).toBe('succeeded');
    expect((await see(server)).nodes).toEqual(broken.nodes);
    await station.client.points.remove({ point: point.id });
    expect(isThere()).toBe(false);
  });

  it('is free once another restore of it succeeds', async () => {
    await stopped();
    expect((await station.ended(await begin())).run.state).toBe('succeeded');
    await station.client.points.remove({ point: point.id });
    expect(isThere()).toBe(false);
  });

  it('is free a month after the restore stopped', async () => {
    await stopped();
    clock.sleep(30 * DAY);
    expect(await codeOf(station.client.points.remove({ point: point.id }))).toBe('engine.point-held');
    clock.sleep(MINUTE);
    await station.client.points.remove({ point: point.id });
    expect(isThere()).toBe(false);
  });

  it('is not held by a restore that stopped before it changed anything', async () => {
    const run = await begin();
    await station.client.runs.cancel({ run });
    expect((await station.ended(run)).run).toMatchObject({ state: 'cancelled', point: point.id });
    await station.client.points.remove({ point: point.id });
    expect(isThere()).toBe(false);
  });

  it('cannot be removed meanwhile, and no backup is made of the cluster, which is caught up afterwards', async () => {
    station.startScheduler();
    await settle();
    const run = await restoring();
    expect(await codeOf(station.client.points.remove({ point: point.id }))).toBe('engine.point-held');
    expect(await codeOf(station.client.tasks.run({ name: 't' }))).toBe('engine.restore-under-way');
    await clock.pass(35 * MINUTE);
    expect(await station.client.runs.list({ limit: 10 })).toHaveLength(2);
    expect((await station.ended(run)).run.state).toBe('succeeded');
    await clock.pass(MINUTE);
    const [backup] = await station.client.runs.list({ limit: 1 });
    expect(backup).toMatchObject({ kind: 'backup', task: point.task });
    expect((await station.ended(backup?.id ?? '')).run.state).toBe('succeeded');
  });
});
