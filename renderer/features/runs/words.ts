import type { Run } from '../../../shared/model/run.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import type { Translate } from '../../i18n/use-text.ts';

const STEPS: { readonly [step: string]: MessageKey } = {
  capture: 'runs:step.capture',
  retain: 'runs:step.retain',
  verify: 'runs:step.verify',
  'undo point': 'runs:step.undoPoint',
  compare: 'runs:step.compare',
  try: 'runs:step.try',
};

const COUNTS: { readonly [count: string]: MessageKey } = {
  captured: 'runs:count.captured',
  bytes: 'runs:count.bytes',
  removed: 'runs:count.removed',
  create: 'runs:count.create',
  change: 'runs:count.change',
  remove: 'runs:count.remove',
  raise: 'runs:count.raise',
  protect: 'runs:count.protect',
  already: 'runs:count.already',
  conflict: 'runs:count.conflict',
  failed: 'runs:count.failed',
  differences: 'runs:count.differences',
};

const APPLY = 'apply ';

/** What a step does; phases of a restore bear their source's names. A step that this page does not know keeps its name. */
export function stepWord(step: string, t: Translate): string {
  if (step.startsWith(APPLY)) return t('runs:step.apply', { phase: step.slice(APPLY.length) });
  const key = STEPS[step];
  return key === undefined ? step : t(key);
}

/** What a number of a run counts. */
export function countWord(count: string, t: Translate): string {
  const key = COUNTS[count];
  return key === undefined ? count : t(key);
}

/** Whether a restore can go on where its journal ends. */
export function isResumable({ kind, state }: Pick<Run, 'kind' | 'state'>): boolean {
  return kind !== 'backup' && ['interrupted', 'cancelled', 'failed', 'incomplete'].includes(state);
}
