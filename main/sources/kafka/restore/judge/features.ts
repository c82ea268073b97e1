import type { Entry } from '../../../../../shared/model/entry.ts';
import { featureContent } from '../../content.ts';
import {
  AS_WANTED,
  type Circumstances,
  changeStep,
  type Judge,
  type Judgement,
  nameOf,
} from '../judgement.ts';
import { finding } from '../notes.ts';
import { FEATURE_BY_HAND, FEATURE_STAYS, FEATURE_UNSUPPORTED } from '../reasons.ts';

/** How the controllers find each other. */
type FeatureReason = typeof FEATURE_BY_HAND | typeof FEATURE_STAYS | typeof FEATURE_UNSUPPORTED;

const BY_HAND = new Set(['kraft.version']);

/** Levels are raised and never lowered: one that is higher is no difference. One that only this cluster has stays. */
export const judgeFeature: Judge = ({ left: wanted, right: live }, { site }) => {
  if (wanted === undefined) return AS_WANTED;
  const { level } = featureContent(wanted);
  const now = live === undefined ? 0 : featureContent(live).level;
  if (now === level) return AS_WANTED;
  const found = (reason: FeatureReason) => [finding(reason, nameOf(wanted), { wanted: level, live: now })];
  if (now > level) return { steps: [], findings: found(FEATURE_STAYS) };
  const difference = live === undefined ? [] : ['level'];
  if (BY_HAND.has(nameOf(wanted))) return { steps: [], findings: found(FEATURE_BY_HAND), difference };
  if (!isSupported(wanted, level, site)) {
    return { steps: [], findings: found(FEATURE_UNSUPPORTED), difference };
  }
  return raised(wanted, now, difference);
};

function isSupported(wanted: Entry, level: number, { features }: Circumstances['site']): boolean {
  const name = nameOf(wanted);
  return features.supported.some((each) => each.name === name && each.min <= level && level <= each.max);
}

/** A feature without a level of its own is at level 0. */
function raised(wanted: Entry, now: number, difference: readonly string[]): Judgement {
  const step = changeStep(
    wanted,
    { level: now },
    { phase: 'features', fidelity: 'equivalent', members: ['level'] },
  );
  return { steps: [step], findings: [], difference };
}
