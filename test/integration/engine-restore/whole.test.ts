import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import { restorePlan } from '../../../shared/model/plan.ts';
import { fillWithJava } from '../../foreign/zookeeper.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { Bench } from './bench.ts';
import { breakTree, fallenCounters, openSuper, plantTree, type Seen, see, superPassword } from './tree.ts';

describe('a restore', () => {
  let server: ZooKeeperServer;
  let other: ZooKeeperServer;
  let client: ZooKeeperClient;
  let bench: Bench;
  let point: string;
  let before: Seen;
  let seed = 100;

  beforeAll(async () => {
    [server, other] = await Promise.all([
      startZooKeeper({ superPassword }),
      startZooKeeper({ superPassword }),
    ]);
    bench = await Bench.open('whole');
    client = await openSuper(server);
    await plantTree(client, 800, 1);
    await fillWithJava(
      server,
      { path: '/filled', count: 400, largest: 600_000 },
      { digest: `super:${superPassword}` },
    );
    await bench.addCluster('zk', server);
    await bench.addCluster('other', other);
    point = await bench.backup('zk');
    before = await see(server);
  });

  afterAll(async () => {
    await client?.close();
    await bench?.[Symbol.asyncDispose]();
    await Promise.all([server?.[Symbol.asyncDispose](), other?.[Symbol.asyncDispose]()]);
  });

  beforeEach(async () => {
    await breakTree(client, seed++);
  });

  it('makes the cluster equal to the point, and leaves nothing to do', async () => {
    const broken = await see(server);
    expect(broken.nodes).not.toEqual(before.nodes);
    const run = await bench.restore(point);
    expect(run).toMatchObject({ kind: 'restore', state: 'succeeded', point, counts: { differences: 0 } });
    const after = await see(server);
    expect(after.nodes).toEqual(before.nodes);
    expect(fallenCounters(before, after)).toEqual([]);
    const again = await bench.plan(point);
    expect(again.steps).toBe(0);
    expect(run.steps.map(({ name, state }) => `${name} ${state}`)).toEqual(
      expect.arrayContaining(['verify succeeded', 'undo point succeeded', 'compare succeeded']),
    );
  });

  it('that merges keeps what the point does not have', async () => {
    const broken = await see(server);
    const run = await bench.restore(point, { mode: 'merge' });
    expect(run.state).toBe('succeeded');
    const paths = new Set(before.nodes.map((node) => node.path));
    const extras = broken.nodes.filter((node) => !paths.has(node.path));
    expect(extras.length).toBeGreaterThan(0);
    const after = await see(server);
    expect(after.nodes).toEqual(expect.arrayContaining([...extras, ...before.nodes]));
    expect(after.nodes).toHaveLength(extras.length + before.nodes.length);
    expect((await bench.plan(point, { mode: 'merge' })).steps).toBe(0);
    expect((await bench.restore(point)).state).toBe('succeeded');
  });

  it('of a selection changes nothing else', async () => {
    const broken = await see(server);
    const select = ['/app/g00*', '/app/g012'];
    const selected = (node: { path: string }) => /^\/app\/g0(0\d|12)(\/|$)/.test(node.path);
    expect((await bench.restore(point, { select })).state).toBe('succeeded');
    const after = await see(server);
    expect(after.nodes.filter(selected)).toEqual(before.nodes.filter(selected));
    const untouched = (node: { path: string }) => !selected(node);
    expect(after.nodes.filter(untouched)).toEqual(broken.nodes.filter(untouched));
    expect(broken.nodes.filter(selected)).not.toEqual(before.nodes.filter(selected));
    expect((await bench.plan(point, { select })).steps).toBe(0);
  });

  it('into another path leaves the original place alone', async () => {
    const broken = await see(server);
    const run = await bench.restore(point, { select: ['/app'], into: '/copy/here' });
    expect(run.state).toBe('succeeded');
    const copy = await see(server, '/copy/here');
    const moved = before.nodes
      .filter((node) => /^\/app(\/|$)/.test(node.path))
      .map((node) => ({ ...node, path: node.path.replace(/^\/app/, '/copy/here') }));
    expect(copy.nodes).toEqual(moved);
    const after = await see(server);
    expect(after.nodes.filter((node) => !node.path.startsWith('/copy'))).toEqual(broken.nodes);

    const undone = await bench.restore({ of: 'undo', run: run.id });
    expect(undone).toMatchObject({ kind: 'undo', undoes: run.id, state: 'succeeded' });
    expect((await see(server)).nodes).toEqual(broken.nodes);
  });

  it('goes to another cluster when told to, and is taken back there', async () => {
    const empty = await see(other);
    const run = await bench.restore(point, { to: 'other' });
    expect(run.state).toBe('succeeded');
    const there = await see(other);
    expect(there.nodes).toEqual(before.nodes);
    expect(fallenCounters(before, there)).toEqual([]);
    expect((await bench.restore({ of: 'undo', run: run.id })).state).toBe('succeeded');
    expect((await see(other)).nodes).toEqual(empty.nodes);
  });

  it('taken back, and the taking back taken back', async () => {
    const broken = await see(server);
    const first = await bench.restore(point);
    const undo = await bench.restore({ of: 'undo', run: first.id });
    expect((await see(server)).nodes).toEqual(broken.nodes);
    const redo = await bench.restore({ of: 'undo', run: undo.id });
    expect([first, undo, redo].map(({ kind, state }) => [kind, state])).toEqual([
      ['restore', 'succeeded'],
      ['undo', 'succeeded'],
      ['undo', 'succeeded'],
    ]);
    const after = await see(server);
    expect(after.nodes).toEqual(before.nodes);
    expect(fallenCounters(broken, after)).toEqual([]);
  });

  it('is a plan first, that can be written down and changes nothing', async () => {
    const broken = await see(server);
    const plan = await bench.plan(point);
    expect(restorePlan.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
    expect(plan.steps).toBeGreaterThan(100);
    expect((await see(server)).nodes).toEqual(broken.nodes);
    expect(readdirSync(join(bench.dataDirectory, 'undo'))).not.toContain(plan.id);
    const kept = JSON.parse(readFileSync(join(bench.dataDirectory, 'runs', plan.id, 'plan.json'), 'utf8'));
    expect(kept).toEqual(plan);
  });

  it('shows its steps in pages that neither overlap nor leave gaps', async () => {
    const plan = await bench.plan(point);
    const page = (offset: number, limit: number) =>
      bench.client.restores.steps({ plan: plan.id, service: 'ZooKeeper', offset, limit });
    const whole = await page(0, 10_000);
    expect(whole).toHaveLength(plan.steps);
    const paged: unknown[] = [];
    for (let offset = 0; offset <= plan.steps; offset += 37) paged.push(...(await page(offset, 37)));
    expect(paged).toEqual(whole);
    expect(await page(plan.steps, 10)).toEqual([]);
    expect(await page(plan.steps - 1, 10)).toEqual(whole.slice(-1));
  });

  it('outlives the process that planned it', async () => {
    const plan = await bench.plan(point);
    await bench.reopen();
    const run = await bench.ended((await bench.start(plan)).id);
    expect(run.state).toBe('succeeded');
    expect((await see(server)).nodes).toEqual(before.nodes);
  });
});
