import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal, numbersOf, readJournal, runsOf } from '../../../main/engine/restore/journal.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-journal-'));
  path = join(folder, 'journal.ndjson');
});

afterEach(() => rm(folder, { recursive: true }));

async function writeSome(): Promise<void> {
  const journal = await Journal.open(path);
  await journal.append({ line: 'undo', service: 'ZooKeeper', path: 'r/u.tar.gz' });
  await journal.append({
    line: 'done',
    service: 'ZooKeeper',
    phase: 'write',
    outcome: 'applied',
    steps: [0, 1, 5],
  });
  await journal.append({
    line: 'done',
    service: 'ZooKeeper',
    phase: 'write',
    outcome: 'conflict',
    steps: [2],
  });
  await journal.append({
    line: 'done',
    service: 'ZooKeeper',
    phase: 'write',
    outcome: 'already',
    steps: [3],
  });
  await journal.close();
}

describe('the journal of a restore', () => {
  it('is empty where there is none', async () => {
    const state = await readJournal(path);
    expect(state.undone.size).toBe(0);
    expect(state.isDone('ZooKeeper', 'write', 0)).toBe(false);
  });

  it('knows what was done; conflicts and failures are to be tried again', async () => {
    await writeSome();
    const state = await readJournal(path);
    expect(state.undone.get('ZooKeeper')).toBe('r/u.tar.gz');
    expect([0, 1, 2, 3, 4, 5].filter((step) => state.isDone('ZooKeeper', 'write', step))).toEqual([
      0, 1, 3, 5,
    ]);
    expect(state.isDone('ZooKeeper', 'protect', 0)).toBe(false);
    expect(state.isDone('Kafka', 'write', 0)).toBe(false);
  });

  it('cut at any byte never claims more than was written whole, and goes on after it', async () => {
    await writeSome();
    const whole = await readFile(path);
    for (let length = 0; length < whole.length; length++) {
      await writeFile(path, whole.subarray(0, length));
      const before = await readJournal(path);
      for (const step of [2, 4, 6]) expect(before.isDone('ZooKeeper', 'write', step)).toBe(false);
      const again = await Journal.open(path);
      await again.append({
        line: 'done',
        service: 'ZooKeeper',
        phase: 'write',
        outcome: 'applied',
        steps: [4],
      });
      await again.close();
      const after = await readJournal(path);
      expect(after.isDone('ZooKeeper', 'write', 4)).toBe(true);
      expect(after.isDone('ZooKeeper', 'write', 0)).toBe(before.isDone('ZooKeeper', 'write', 0));
    }
  });

  it('tells of steps in a row as a run, whatever their order, and reads them back one by one', async () => {
    const numbers = [7, 3, 4, 5, 0, 8, 12];
    expect(runsOf(numbers)).toEqual([0, [3, 5], [7, 8], 12]);
    expect([...numbersOf(runsOf(numbers))]).toEqual(numbers.toSorted((a, b) => a - b));
    expect(runsOf([])).toEqual([]);
    const journal = await Journal.open(path);
    const steps = runsOf([...Array(1000).keys()]);
    await journal.append({ line: 'done', service: 'ZooKeeper', phase: 'write', outcome: 'applied', steps });
    await journal.close();
    const state = await readJournal(path);
    expect([0, 500, 999].every((step) => state.isDone('ZooKeeper', 'write', step))).toBe(true);
    expect(state.isDone('ZooKeeper', 'write', 1000)).toBe(false);
    expect((await readFile(path)).length).toBeLessThan(100);
  });

  it('goes on from a journal that lists every number, as older ones do, and from one whose last run was cut', async () => {
    const old = '{"line":"done","service":"ZooKeeper","phase":"write","outcome":"applied","steps":[0,1,2]}\n';
    const run =
      '{"line":"done","service":"ZooKeeper","phase":"write","outcome":"applied","steps":[[3,900]]}\n';
    await writeFile(path, old + run);
    const state = await readJournal(path);
    expect([0, 2, 3, 900].every((step) => state.isDone('ZooKeeper', 'write', step))).toBe(true);
    for (let cut = 1; cut < 9; cut++) {
      await writeFile(path, (old + run).slice(0, -cut - 1));
      const cutState = await readJournal(path);
      expect(cutState.isDone('ZooKeeper', 'write', 2)).toBe(true);
      for (const step of [3, 9, 90, 900]) expect(cutState.isDone('ZooKeeper', 'write', step)).toBe(false);
    }
  });

  it.each(['[[5,4]]', '[[0,9007199254740991]]', '[[1,2,3]]', '[[1]]'])(
    'takes no line for true that tells of the steps %s',
    async (steps) => {
      await writeSome();
      await appendFile(
        path,
        `{"line":"done","service":"ZooKeeper","phase":"write","outcome":"applied","steps":${steps}}\n`,
      );
      const state = await readJournal(path);
      expect([2, 4].some((step) => state.isDone('ZooKeeper', 'write', step))).toBe(false);
    },
  );

  it('reads over a damaged line', async () => {
    await writeSome();
    await appendFile(path, '{"line":"done","service":1}\nnot json\n');
    expect((await readJournal(path)).isDone('ZooKeeper', 'write', 5)).toBe(true);
  });
});
