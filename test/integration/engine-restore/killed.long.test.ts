import { expect, it } from 'vitest';
import { KillSeries } from './kill-series.ts';
import { holdfast } from './killed.ts';
import { seededRandom } from './random.ts';
import { fallenCounters, see } from './tree.ts';

const ROUNDS = 1000;
const SEED = Number(process.env.HOLDFAST_SEED ?? Date.now() % 1e6);

it(`a restore and what resumes or undoes it, killed a thousand times (HOLDFAST_SEED=${SEED})`, async () => {
  await using series = await KillSeries.open(SEED);
  const { bench, server, point } = series;
  const random = seededRandom(SEED);
  await series.break();
  let broken = await see(server);
  for (let round = 0; round < ROUNDS; round++) {
    const { plan, moment } = await series.kill(1 + series.at(random()));
    await bench.reopen();
    const undo = random() < 0.5;
    const where = `round ${round}, killed at ${moment}, ${undo ? 'undone' : 'resumed'}`;
    if (moment !== undefined && random() < 0.5) await series.killPlan(plan, 1 + series.at(random()));
    else await bench.leave();
    const args = undo ? ['--undo', plan.id, '--confirm', 'zk'] : ['--resume', plan.id];
    await holdfast(bench, 'restore', ...args);
    const now = await see(server);
    const wanted = undo ? broken : point;
    expect(now.nodes, where).toEqual(wanted.nodes);
    expect(fallenCounters(wanted, now), where).toEqual([]);
    await bench.reopen();
    if (!undo) await series.break();
    broken = await see(server);
  }
}, 36_000_000);
