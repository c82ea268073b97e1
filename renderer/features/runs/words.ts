import type { Run } from '../../../shared/model/run.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import type { Translate } from '../../i18n/use-text.ts';

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

/** What a number of a run counts. */
export function countWord(count: string, t: Translate): string {
  const key = COUNTS[count];
  return key === undefined ? count : t(key);
}

/** Whether a restore can go on where its journal ends. */
export function isResumable({ kind, state }: Pick<Run, 'kind' | 'state'>): boolean {
  return kind !== 'backup' && ['interrupted', 'cancelled', 'failed', 'incomplete'].includes(state);
}
