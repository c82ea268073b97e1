import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal, readJournal } from '../../../main/engine/restore/journal.ts';

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

  it('reads over a damaged line', async () => {
    await writeSome();
    await appendFile(path, '{"line":"done","service":1}\nnot json\n');
    expect((await readJournal(path)).isDone('ZooKeeper', 'write', 5)).toBe(true);
  });
});
