import type { Policy } from '../../../shared/model/task.ts';
import type { Translate } from '../../i18n/use-text.ts';

/** Which runs are full, as people say it. */
export function policyWords(policy: Policy, t: Translate): string {
  if (policy.kind === 'full-every') return t('tasks:policy.fullEvery', { runs: policy.runs });
  return t(policy.kind === 'full' ? 'tasks:policy.full' : 'tasks:policy.fullThenIncremental');
}
