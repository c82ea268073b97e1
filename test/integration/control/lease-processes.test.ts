import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { type Child, nextLine, startChild } from '../../storages/child.ts';
import { goTogether } from '../../storages/race-outcome.ts';

const script = new URL('./child.ts', import.meta.url);
let work: string;
let directory: string;

beforeEach(() => {
  work = workFolder('lease');
  directory = join(work, 'storage');
});

afterEach(() => removeWorkFolder(work));

async function linesOf(child: Child): Promise<unknown[]> {
  const lines: unknown[] = [];
  for (let line = await child.lines.next(); line.done !== true; line = await child.lines.next()) {
    lines.push(line.value);
  }
  return lines;
}

describe('processes at one task directory in a LocalDir', () => {
  it('take turns, never two at once, and all of them come to theirs', async () => {
    const children = Array.from({ length: 4 }, () => startChild(script, ['compete', directory, '8']));
    await goTogether(children);
    const turns = Array.from({ length: 8 }, (_, turn) => ({ turn }));
    expect(await Promise.all(children.map(linesOf))).toEqual(children.map(() => turns));
  });

  it('are refused while the holder lives and take over when it was killed', async () => {
    const holder = startChild(script, ['hold', directory, 'ws1']);
    expect(await nextLine(holder)).toBe('held');
    const refused = startChild(script, ['hold', directory, 'ws2']);
    expect(await nextLine(refused)).toEqual({
      code: 'engine.lease-held',
      params: { host: 'ws1', directory: 'task_1' },
    });
    holder.kill('SIGKILL');
    await holder.ended;
    const heirs = ['ws3', 'ws4', 'ws5'].map((name) => startChild(script, ['hold', directory, name]));
    const answers = await Promise.all(heirs.map(nextLine));
    expect(answers.filter((answer) => answer === 'held')).toHaveLength(1);
    expect(answers.filter((answer) => Object(answer).code === 'engine.lease-held')).toHaveLength(2);
    const heir = heirs[answers.indexOf('held')];
    heir?.say('go');
    await Promise.all(heirs.map(({ ended }) => ended));
    const last = startChild(script, ['hold', directory, 'ws6']);
    expect(await nextLine(last)).toBe('held');
    last.kill('SIGKILL');
    await last.ended;
  });

  it('that were stopped for longer than the lease find it lost', async () => {
    const sleeper = startChild(script, ['hold', directory, 'ws1']);
    expect(await nextLine(sleeper)).toBe('held');
    sleeper.kill('SIGSTOP');
    const heir = startChild(script, ['hold', directory, 'ws2']);
    expect(await nextLine(heir)).toBe('held');
    sleeper.kill('SIGCONT');
    sleeper.say('go');
    expect(await nextLine(sleeper)).toMatchObject({ code: 'engine.lease-lost' });
    heir.say('go');
    expect(await nextLine(heir)).toBe('released');
    await Promise.all([sleeper.ended, heir.ended]);
  });
});
