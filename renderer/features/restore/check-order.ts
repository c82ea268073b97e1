import type { CheckResult } from '../../../shared/model/preflight.ts';

const ORDER: readonly CheckResult['result'][] = ['failed', 'warning', 'unknown', 'passed'];

/** What hinders first, then what has to be known, then what is well. */
export function byUrgency(checks: readonly CheckResult[]): readonly CheckResult[] {
  return [...checks].sort((a, b) => ORDER.indexOf(a.result) - ORDER.indexOf(b.result));
}
