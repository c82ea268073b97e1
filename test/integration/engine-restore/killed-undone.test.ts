import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { KillSeries } from './kill-series.ts';
import { holdfast, type Moment } from './killed.ts';
import { fallenCounters, type Seen, see } from './tree.ts';

const KILLS = 16;

describe('a restore that was killed and is not wanted any more', () => {
  let series: KillSeries;
  let broken: Seen;

  beforeAll(async () => {
    series = await KillSeries.open(21);
    await series.break();
    broken = await see(series.server);
  });

  afterAll(() => series?.[Symbol.asyncDispose]());

  beforeEach(() => series.bench.reopen());

  async function expectAsBefore(where: string): Promise<void> {
    const now = await see(series.server);
    expect(now.nodes, where).toEqual(broken.nodes);
    expect(fallenCounters(broken, now), where).toEqual([]);
    broken = now;
  }

  it('is undone wherever it was, and leaves the cluster as it was before', async () => {
    const moments = new Set<Moment>();
    for (const operations of series.moments(KILLS, 22)) {
      const { plan, moment = 'after the steps' } = await series.kill(operations);
      const where = `killed with operation ${operations}, at ${moment}`;
      moments.add(moment);
      const undo = await holdfast(series.bench, 'restore', '--undo', plan.id, '--confirm', 'zk');
      if (moment !== 'before the undo point') expect(undo, where).toMatchObject({ exitCode: 0 });
      await expectAsBefore(where);
      await series.bench.reopen();
    }
    expect([...moments]).toEqual(
      expect.arrayContaining(['before the undo point', 'steps', 'after the steps']),
    );
  }, 600_000);

  it('is undone by an undo that is killed and resumed', async () => {
    for (const share of [0.1, 0.5, 0.8]) {
      const plan = await series.killAmongSteps();
      const undo = await series.bench.plan({ of: 'undo', run: plan.id });
      const moment = await series.killPlan(undo, series.at(share));
      if (moment !== undefined) {
        const resumed = await holdfast(series.bench, 'restore', '--resume', undo.id);
        expect(resumed).toEqual({ exitCode: 0, state: 'succeeded' });
      }
      await expectAsBefore(`the undo was killed at ${share}, ${moment}`);
      await series.bench.reopen();
    }
  }, 600_000);

  it('and resumed has one way back, though an undo point was made before the journal knew of it', async () => {
    const { bench } = series;
    const { plan, moment } = await series.kill(10);
    expect(moment).toBe('before the undo point');
    const undo = join(bench.dataDirectory, 'undo');
    const earlier = readdirSync(undo).find((name) => /^[0-9a-f]{16}$/.test(name)) ?? '';
    mkdirSync(join(undo, plan.id));
    cpSync(join(undo, earlier), join(undo, plan.id), { recursive: true });
    await bench.reopen();
    expect((await bench.resume(plan.id)).state).toBe('succeeded');
    const back = await bench.plan({ of: 'undo', run: plan.id });
    expect(back.services).toHaveLength(1);
    expect((await bench.ended((await bench.start(back)).id)).state).toBe('succeeded');
    await expectAsBefore('undone after it was resumed');
  });
});
