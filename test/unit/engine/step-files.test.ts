import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
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

  it.each([
    ['no object', []],
    ['another action', { ...step(0), action: 'rename' }],
    ['no key', { ...step(0), key: undefined }],
    ['a key of numbers', { ...step(0), key: [1] }],
    ['a from that is no key', { ...step(0), from: 'a' }],
    ['an expectation that is none', { ...step(0), expect: 'version 1' }],
    ['a list of expectations', { ...step(0), expect: [] }],
    ['no members', { ...step(0), members: undefined }],
    ['another fidelity', { ...step(0), fidelity: 'good' }],
  ])('are refused where a line has %s', async (_what, line) => {
    const folder = temporaryFolder();
    await writeFile(join(folder, 'write.ndjson'), `${JSON.stringify(step(0))}\n${JSON.stringify(line)}\n`);
    await expect(stepsOf(folder, 'write', 'forward')).rejects.toThrow(ZodError);
    await expect(stepsOf(folder, 'write', 'reverse')).rejects.toThrow(ZodError);
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
