import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { benches } from '../../bench/benches/all.ts';
import { scales } from '../../bench/frame/bench.ts';
import { saveRows, table, withMachine } from '../../bench/frame/results.ts';
import { rowSchema, speedRow } from '../../bench/frame/row.ts';

/** What was measured at this scale says nothing about speed: only the shape of the results is looked at. */
describe.each(benches)('bench $name', (bench) => {
  it('works on little data and gives rows with goals', async () => {
    const rows = withMachine(await bench.run(scales.small, () => {}));
    expect(rows).not.toEqual([]);
    for (const row of rows) {
      expect(rowSchema.parse(row)).toEqual(row);
      expect(row.goal).not.toBeNull();
      expect(row.ours).toBeGreaterThan(0);
      expect(row.machine).not.toBe('');
    }
    expect(table(rows).split('\n')).toHaveLength(rows.length + 1);
  });
});

describe('results', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  function measured(name: string, ours: readonly number[], reference: readonly number[]) {
    return speedRow({ name, unit: 's', goal: 2, note: '', ours, reference });
  }

  it('judge by the ratio of the medians, and tell of the spread', () => {
    expect(measured('a', [1, 9, 2], [5, 4, 3])).toMatchObject({
      ours: 2,
      reference: 4,
      ratio: 2,
      met: true,
      spread: { ours: 4, reference: 0.5 },
    });
    expect(measured('a', [2.1], [4])).toMatchObject({ met: false });
  });

  it('replace older rows of the same name and keep the others', async () => {
    const file = join(folder, 'latest.json');
    await saveRows(file, [measured('a', [1], [2]), measured('b', [1], [3])]);
    await saveRows(file, [measured('b', [1], [4])]);
    const saved = rowSchema.array().parse(JSON.parse(await readFile(file, 'utf8')));
    expect(saved.map(({ name, ratio }) => [name, ratio])).toEqual([
      ['a', 2],
      ['b', 4],
    ]);
  });
});
