import { quotaContent } from '../../content.ts';
import { AS_WANTED, changeStep, createStep, fingerprint, type Judge, judgeExtra } from '../judgement.ts';

const DRAFT = { phase: 'quotas', fidelity: 'exact', members: ['values'] } as const;

type Limits = { readonly [name: string]: number };

export const judgeQuota: Judge = ({ left: wanted, right: live }, circumstances) => {
  const now = live === undefined ? {} : quotaContent(live).values;
  if (wanted === undefined) {
    return live === undefined
      ? AS_WANTED
      : judgeExtra(live, circumstances, { values: fingerprint(now) }, DRAFT);
  }
  if (live === undefined) return { steps: [createStep(wanted, DRAFT)], findings: [], difference: [] };
  const change = quotaChange(quotaContent(wanted).values, now, circumstances.mode);
  if (Object.keys(change).length === 0) return AS_WANTED;
  const step = changeStep(wanted, { values: fingerprint(now) }, DRAFT);
  return { steps: [step], findings: [], difference: ['values'] };
};

/** What makes live limits those of the point; null takes one away. */
export function quotaChange(
  wanted: Limits,
  live: Limits,
  mode: 'equal' | 'merge',
): { readonly [name: string]: number | null } {
  const change: Record<string, number | null> = {};
  for (const [name, value] of Object.entries(wanted)) if (live[name] !== value) change[name] = value;
  if (mode === 'equal') for (const name of Object.keys(live)) if (!(name in wanted)) change[name] = null;
  return change;
}
