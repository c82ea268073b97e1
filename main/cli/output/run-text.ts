import { ERROR_TABLE, isErrorCode } from '../../../shared/errors/table.ts';
import type { Text } from '../../../shared/errors/text.ts';
import { fillText } from '../../../shared/errors/text.ts';
import { countText, RUN_STATES, runStepText } from '../../../shared/messages/words.ts';
import type { Run, RunKind, RunState } from '../../../shared/model/run.ts';
import type { Output } from './output.ts';
import { bytes, count, duration, instantText } from './quantity.ts';
import { facts, table } from './table.ts';
import { TEXTS } from './texts.ts';

const KINDS: { readonly [kind in RunKind]: Text } = {
  backup: { en: 'backup', zh: '备份' },
  restore: { en: 'restore', zh: '恢复' },
  undo: { en: 'undo', zh: '撤销' },
};

const REASONS: { readonly [reason in Run['reason']]: Text } = {
  schedule: { en: 'schedule', zh: '按计划' },
  'catch-up': { en: 'catch-up', zh: '补做' },
  person: { en: 'person', zh: '手动' },
};

const RESUMABLE: readonly RunState[] = ['interrupted', 'cancelled', 'failed'];

/** A run's state in the reader's language. */
export function stateText(state: RunState, output: Output): string {
  return output.words(RUN_STATES[state]);
}

/** How a run ended, for a person, with what can be done next. */
export function runEndText(run: Run, output: Output): string {
  const time = run.ended === undefined ? '?' : duration(Date.parse(run.ended) - Date.parse(run.started));
  const kind = output.words(KINDS[run.kind]);
  const lines = [
    output.words(TEXTS.runEnded, { run: run.id, kind, state: stateText(run.state, output), time }),
  ];
  const counts = Object.entries(run.counts).map(
    ([name, number]) => `${output.words(countText(name))} ${count(number)}`,
  );
  if (counts.length > 0) lines.push(`  ${counts.join(', ')}`);
  lines.push(...errorLines(run, output), ...nextLines(run, output));
  return `${lines.join('\n')}\n`;
}

function errorLines(run: Run, output: Output): string[] {
  if (run.error === undefined) return [];
  const { code, params } = run.error;
  const { language } = output.options;
  const known = isErrorCode(code) ? ERROR_TABLE[code] : undefined;
  const message = known === undefined ? run.error.message : fillText(known.message, params, language);
  const remedy = known === undefined ? run.error.remedy : fillText(known.remedy, params, language);
  const causes = run.error.causes.map((cause) => output.words(TEXTS.cause, { cause }));
  return [output.words(TEXTS.runError, { message, code, remedy }), ...causes];
}

function nextLines(run: Run, output: Output): string[] {
  if (run.kind === 'backup') {
    const made = run.point !== undefined && (run.state === 'succeeded' || run.state === 'incomplete');
    return made ? [output.words(TEXTS.runPoint, { point: run.point ?? '' })] : [];
  }
  const left = run.state === 'incomplete' && (run.counts.failed ?? 0) > 0;
  const resume =
    left || RESUMABLE.includes(run.state) ? [output.words(TEXTS.resumeHint, { run: run.id })] : [];
  return [...resume, output.words(TEXTS.undoHint, { run: run.id })];
}

/** Runs under each other, newest first as they come. */
export function runTable(runs: readonly Run[], output: Output): string {
  return table<Run>(
    [
      { title: output.heading('run'), cell: (run) => run.id },
      { title: output.heading('kind'), cell: (run) => output.words(KINDS[run.kind]) },
      { title: output.heading('state'), cell: (run) => stateText(run.state, output) },
      { title: output.heading('started'), cell: (run) => instantText(run.started) },
      { title: output.heading('time'), align: 'right', cell: runTime },
    ],
    runs,
  );
}

function runTime(run: Run): string {
  return run.ended === undefined ? '' : duration(Date.parse(run.ended) - Date.parse(run.started));
}

/** Everything about one run. */
export function runDetails(run: Run, output: Output): string {
  const head = facts([
    [output.word('run'), run.id],
    [output.word('kind'), output.words(KINDS[run.kind])],
    [output.word('state'), stateText(run.state, output)],
    [output.word('reason'), output.words(REASONS[run.reason])],
    [output.word('started'), instantText(run.started)],
    ...(run.ended === undefined ? [] : [[output.word('ended'), instantText(run.ended)] as const]),
    ...(run.point === undefined ? [] : [[output.word('point'), run.point] as const]),
    ...(run.undoes === undefined ? [] : [[output.word('undoes'), run.undoes] as const]),
    ...Object.entries(run.counts).map(
      ([name, number]) => [output.words(countText(name)), count(number)] as const,
    ),
  ]);
  const steps = table(
    [
      { title: output.heading('step'), cell: (step) => output.words(runStepText(step.name)) },
      { title: output.heading('subject'), cell: (step) => step.subject },
      { title: output.heading('state'), cell: (step) => stateText(step.state, output) },
      { title: output.heading('done'), align: 'right', cell: (step) => count(step.done) },
      { title: output.heading('bytes'), align: 'right', cell: (step) => bytes(step.bytes) },
    ],
    run.steps,
  );
  const errors = errorLines(run, output).map((line) => `${line}\n`);
  return `${head}\n${steps}${errors.join('')}`;
}
