import { describe, expect, it } from 'vitest';
import { exitCodeOf, exitCodeOfChecks, exitCodeOfRun } from '../../../main/cli/exit-code.ts';
import { Output } from '../../../main/cli/output/output.ts';
import { Progress } from '../../../main/cli/output/progress.ts';
import { bytes, duration } from '../../../main/cli/output/quantity.ts';
import { Rate } from '../../../main/cli/output/rate.ts';
import { runEndText } from '../../../main/cli/output/run-text.ts';
import { displayWidth, table } from '../../../main/cli/output/table.ts';
import { TEXTS } from '../../../main/cli/output/texts.ts';
import { EXIT_CODES, EXIT_INCOMPLETE } from '../../../shared/errors/category.ts';
import { HoldfastError, reportError } from '../../../shared/errors/error.ts';
import type { Run, RunState } from '../../../shared/model/run.ts';
import { printable } from '../../../shared/report/printable.ts';

const run: Run = {
  id: '0123456789abcdef',
  kind: 'backup',
  state: 'succeeded',
  reason: 'person',
  started: '2026-03-01T00:00:00.000Z',
  ended: '2026-03-01T00:00:12.300Z',
  steps: [],
  counts: { captured: 12345 },
};

function outputTo(terminal: boolean, options: Partial<Output['options']> = {}, columns = 80) {
  const printed = { out: '', err: '' };
  const sink = (name: 'out' | 'err') => ({
    write: async (text: string) => {
      printed[name] += text;
    },
    isTerminal: terminal,
    columns,
  });
  const output = new Output(sink('out'), sink('err'), {
    json: false,
    quiet: false,
    language: 'en',
    ...options,
  });
  return { output, printed };
}

describe('quantities', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [150 * 1024, '150 KiB'],
    [1.5 * 1024 ** 3, '1.5 GiB'],
  ])('%i bytes', (number, text) => {
    expect(bytes(number)).toBe(text);
  });

  it.each([
    [12, '12 ms'],
    [1500, '1.5 s'],
    [65_000, '1:05'],
    [3_723_000, '1:02:03'],
  ])('%i milliseconds', (number, text) => {
    expect(duration(number)).toBe(text);
  });
});

describe('text from outside', () => {
  it('cannot drive the terminal', () => {
    expect(printable('a\u001b[2Jb\nc\u202ed\u009b')).toBe('a\\u001b[2Jb\\u000ac\\u202ed\\u009b');
    expect(printable('文件 ü')).toBe('文件 ü');
  });

  it('is aligned by the columns that it takes', () => {
    expect(displayWidth('文件a')).toBe(5);
    const shown = table(
      [
        { title: 'NAME', cell: ([name]) => name },
        { title: 'N', align: 'right', cell: ([, number]) => number },
      ],
      [
        ['文件', '5'],
        ['\u001b', '1000'],
      ] as const,
    );
    expect(shown).toBe('NAME       N\n文件       5\n\\u001b  1000\n');
  });
});

describe('progress', () => {
  it('shows share, rate and time left on one line of a terminal', async () => {
    let now = 0;
    const { output, printed } = outputTo(true);
    const progress = new Progress(output, () => now);
    await progress.show('capture', { done: 0, total: 1000 });
    now = 2000;
    await progress.show('capture', { done: 200, total: 1000 });
    expect(printed.err.split('\r\u001b[K').at(-1)).toBe('capture  200/1,000  20%  100/s  8.0 s left');
    await progress.clear();
    expect(printed.err.endsWith('\r\u001b[K')).toBe(true);
  });

  it('never wraps', async () => {
    const { output, printed } = outputTo(true, {}, 40);
    await new Progress(output, () => 0).show('一'.repeat(60), { done: 1 });
    expect(displayWidth(printed.err.replace('\r\u001b[K', ''))).toBeLessThan(40);
  });

  it('writes plain lines, five seconds apart, where there is no terminal', async () => {
    let now = 0;
    const { output, printed } = outputTo(false);
    const progress = new Progress(output, () => now);
    for (now = 0; now <= 10_000; now += 1000) await progress.show('capture', { done: now });
    expect(printed.err.split('\n').map((line) => line.split('  ')[1])).toEqual([
      '0',
      '5,000',
      '10,000',
      undefined,
    ]);
  });

  it.each([{ json: true }, { quiet: true }])('says nothing with %o', async (options) => {
    const { output, printed } = outputTo(true, options);
    const progress = new Progress(output, () => 0);
    await progress.show('capture', { done: 1 });
    await progress.clear();
    expect(printed.err).toBe('');
  });

  it('forgets what was long ago', () => {
    let now = 0;
    const rate = new Rate(() => now);
    rate.note(0);
    expect(rate.perSecond).toBeUndefined();
    for (now = 1000; now <= 60_000; now += 1000) rate.note(now < 30_000 ? 0 : now - 30_000);
    expect(rate.perSecond).toBe(1000);
  });
});

describe('a failure', () => {
  const report = reportError(
    new HoldfastError(
      'general.unexpected',
      { problem: 'x' },
      new Error('line\u001b[31m', { cause: new Error('deep') }),
    ),
  );

  it('goes to stderr with cause and remedy, made safe', async () => {
    const { output, printed } = outputTo(false);
    await output.failure(report);
    expect(printed.out).toBe('');
    expect(printed.err).toContain('Unexpected failure: x [general.unexpected]');
    expect(printed.err).toContain('because: line\\u001b[31m');
    expect(printed.err).toContain('because: deep');
    expect(printed.err).toContain(report.remedy);
  });

  it('goes to stdout as JSON', async () => {
    const { output, printed } = outputTo(false, { json: true });
    await output.failure(report);
    expect(JSON.parse(printed.out)).toEqual({ error: report });
    expect(printed.err).toBe('');
  });
});

describe('exit codes', () => {
  it.each<[RunState, number]>([
    ['succeeded', 0],
    ['incomplete', EXIT_INCOMPLETE],
    ['interrupted', EXIT_INCOMPLETE],
    ['conflict', EXIT_CODES.conflict],
    ['cancelled', EXIT_CODES.cancelled],
    ['failed', EXIT_CODES.network],
  ])('a run that %s', (state, code) => {
    const error = reportError(new HoldfastError('source.unreachable', { service: 'a', problem: 'b' }));
    const params = { service: 'a', problem: 'b' };
    expect(exitCodeOfRun({ ...run, state, error: { ...error, params, causes: [] } })).toBe(code);
  });

  it('follow the category; one that is not known is a defect', () => {
    for (const [category, code] of Object.entries(EXIT_CODES)) expect(exitCodeOf(category)).toBe(code);
    expect(exitCodeOf('toString')).toBe(EXIT_CODES.internal);
  });

  it('of checks: only a failed one counts', () => {
    const check = { check: 'a', subject: 'b', finding: { en: 'c', zh: '丙' } };
    const codes = (['passed', 'warning', 'unknown', 'failed'] as const).map((result) =>
      exitCodeOfChecks([
        { ...check, result: 'passed' },
        { ...check, result },
      ]),
    );
    expect(codes).toEqual([0, 0, 0, EXIT_CODES.config]);
  });
});

describe('the end of a run', () => {
  it('names the point of a backup', () => {
    const { output } = outputTo(false);
    expect(runEndText({ ...run, point: run.id }, output)).toBe(
      `Run ${run.id}: backup succeeded in 12.3 s\n  captured 12,345\nRecovery point ${run.id}\n`,
    );
  });

  it('says how to go on and how to take it back', () => {
    const { output } = outputTo(false);
    const text = runEndText({ ...run, kind: 'restore', state: 'cancelled' }, output);
    expect(text).toContain(`holdfast restore --resume ${run.id}`);
    expect(text).toContain(`holdfast restore --undo ${run.id}`);
    expect(runEndText({ ...run, kind: 'restore' }, output)).not.toContain('--resume');
    const incomplete = { ...run, kind: 'restore', state: 'incomplete' } as const;
    expect(runEndText({ ...incomplete, counts: { failed: 2 } }, output)).toContain('--resume');
    expect(runEndText({ ...incomplete, counts: { differences: 2 } }, output)).not.toContain('--resume');
  });

  it('tells the error in the reader’s language', () => {
    const { output } = outputTo(false, { language: 'zh' });
    const error = reportError(new HoldfastError('engine.task-busy', { task: 't' }));
    const text = runEndText(
      { ...run, state: 'failed', error: { ...error, params: { task: 't' }, causes: [] } },
      output,
    );
    expect(text).toContain('任务 t 正在运行');
  });
});

it('has the same places in both languages', () => {
  const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  for (const [name, text] of Object.entries(TEXTS)) {
    expect([name, [...new Set(places(text.zh))]]).toEqual([name, [...new Set(places(text.en))]]);
  }
});
