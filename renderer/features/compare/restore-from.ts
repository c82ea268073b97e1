import type { Target } from '../../../shared/model/target.ts';

/** What a restore makes right: the stored side goes into the live one. Undefined where nothing is stored. */
export function restoreFrom(left: Target, right: Target): { from: Target; to?: string } | undefined {
  const [from, other] = left.of === 'cluster' ? [right, left] : [left, right];
  if (from.of === 'cluster') return undefined;
  return other.of === 'cluster' ? { from, to: other.cluster } : { from };
}
