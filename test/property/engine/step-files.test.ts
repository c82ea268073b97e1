import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NumberedStep, readSteps, StepWriter } from '../../../main/engine/restore/step-files.ts';
import type { RestoreStep } from '../../../shared/model/restore.ts';

/** Sources name these members; the schema drops one that would set a prototype. */
const memberName = fc.string().filter((name) => name !== '__proto__');

const step = fc.record({
  phase: fc.constantFrom('remove', 'write', 'protect'),
  action: fc.constantFrom('create' as const, 'change' as const, 'remove' as const),
  kind: fc.constant('znode'),
  key: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 }),
  expect: fc.option(fc.dictionary(memberName, fc.oneof(fc.string(), fc.integer()))),
  members: fc.array(fc.string(), { maxLength: 2 }),
  fidelity: fc.constant('exact' as const),
});

async function collect(batches: AsyncIterable<readonly NumberedStep[]>): Promise<NumberedStep[]> {
  const all: NumberedStep[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-steps-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function write(folder: string, steps: readonly RestoreStep[]): Promise<StepWriter> {
  const writer = await StepWriter.create(folder);
  for (const each of steps) await writer.write(each);
  await writer.close();
  return writer;
}

describe('step files', () => {
  it('give each phase’s steps back in both directions, numbered alike', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), (steps) =>
        inFolder(async (folder) => {
          const writer = await write(folder, steps as RestoreStep[]);
          const total = writer.counts().reduce((sum, count) => sum + count.steps, 0);
          expect(total).toBe(steps.length);
          for (const phase of ['remove', 'write', 'protect']) {
            const forward = await collect(readSteps(folder, phase, 'forward'));
            const expected = steps.filter((each) => each.phase === phase);
            expect(forward.map((each) => each.step)).toEqual(JSON.parse(JSON.stringify(expected)));
            const reverse = await collect(readSteps(folder, phase, 'reverse'));
            expect(reverse.toReversed()).toEqual(forward);
          }
        }),
      ),
      { numRuns: 60 },
    );
  });

  it('read backward across chunks whose borders fall inside characters', async () => {
    const steps = Array.from(
      { length: 6000 },
      (_, index): RestoreStep => ({
        phase: 'write',
        action: 'create',
        kind: 'znode',
        key: [`数据🙂\u2028${'é'.repeat(index % 97)}`, String(index)],
        expect: null,
        members: [],
        fidelity: 'exact',
      }),
    );
    await inFolder(async (folder) => {
      await write(folder, steps);
      const reverse = await collect(readSteps(folder, 'write', 'reverse'));
      expect(reverse.map((each) => each.step.key[1])).toEqual(steps.map((each) => each.key[1]).toReversed());
      expect(reverse[0]?.number).toBe(5999);
      expect(await collect(readSteps(folder, 'write', 'forward'))).toEqual(reverse.toReversed());
    });
  });
});
