import { existsSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSteps, StepWriter } from '../../../main/engine/restore/step-files.ts';
import type { RestoreStep } from '../../../shared/model/restore.ts';
import { temporaryFolder } from '../catalog/temporary.ts';

function step(number: number, phase = 'write'): RestoreStep {
  const key = [`n${number}`, 'x'.repeat(200)];
  return { phase, action: 'create', kind: 'znode', key, expect: null, members: [], fidelity: 'exact' };
}

async function stepsOf(folder: string, phase: string, order: 'forward' | 'reverse') {
  const numbers: number[] = [];
  for await (const batch of readSteps(folder, phase, order))
    numbers.push(...batch.map(({ number }) => number));
  return numbers;
}

describe('the steps of a plan', () => {
  it('come back in the order in which they were written, and in reverse', async () => {
    const folder = join(temporaryFolder(), 'steps');
    const writer = await StepWriter.create(folder);
    for (let i = 0; i < 5000; i++) await writer.write(step(i));
    await writer.write(step(0, 'remove'));
    await writer.close();
    const numbers = Array.from({ length: 5000 }, (_, i) => i);
    expect(await stepsOf(folder, 'write', 'forward')).toEqual(numbers);
    expect(await stepsOf(folder, 'write', 'reverse')).toEqual(numbers.toReversed());
    expect(await stepsOf(folder, 'remove', 'forward')).toEqual([0]);
  });

  it('say that their file cannot be made, and close', async () => {
    const folder = temporaryFolder();
    await mkdir(join(folder, 'write.ndjson'));
    const writer = await StepWriter.create(folder);
    const write = async () => {
      for (let i = 0; i < 5000; i++) await writer.write(step(i));
    };
    await expect(write()).rejects.toMatchObject({ code: 'engine.data-directory-unusable' });
    await expect(writer.close()).rejects.toMatchObject({ code: 'engine.data-directory-unusable' });
  });

  it.runIf(existsSync('/dev/full'))('say that the disk is full, and close', async () => {
    const folder = temporaryFolder();
    await symlink('/dev/full', join(folder, 'write.ndjson'));
    const writer = await StepWriter.create(folder);
    await writer.write(step(0));
    await writer.write(step(1, 'remove'));
    await expect(writer.close()).rejects.toMatchObject({ code: 'storage.full' });
    expect(await stepsOf(folder, 'remove', 'forward')).toEqual([0]);
  });
});
