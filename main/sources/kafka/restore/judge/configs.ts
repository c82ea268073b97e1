import type { Entry } from '../../../../../shared/model/entry.ts';
import type { ConfigResource } from '../../../../protocols/kafka/index.ts';
import { configContent } from '../../content.ts';
import { configOfKey } from '../../keys.ts';
import {
  AS_WANTED,
  type Circumstances,
  changeStep,
  createStep,
  fingerprint,
  type Judge,
  type Judgement,
  nameOf,
  removeStep,
} from '../judgement.ts';
import { finding } from '../notes.ts';
import { BROKER_ABSENT, FIXED_CONFIGS, UNKNOWN_CONFIGS, UNSEEN } from '../reasons.ts';
import { type SettingsScope, settingsChange, wantedSettings } from '../settings.ts';
import { settingsFindings } from './settings-findings.ts';

const NOTHING_SET = { values: {}, sensitive: [] };

/** Configs of brokers, client metrics subscriptions and groups. One that has none has no entry. */
export const judgeConfig: Judge = ({ left: wanted, right: live }, circumstances) => {
  const entry = wanted ?? live;
  const resource = entry && configOfKey(entry.key);
  if (entry === undefined || resource === undefined) return AS_WANTED;
  if (!circumstances.site.configTypes.has(resource.type)) return wanted ? unknownType(wanted) : AS_WANTED;
  const absent = wanted && absentBroker(wanted, resource, circumstances);
  if (absent !== undefined) return absent;
  if (wanted === undefined && circumstances.unseen.covers(entry)) {
    if (circumstances.mode === 'merge') return AS_WANTED;
    return { steps: [], findings: [finding({ ...UNSEEN, kind: entry.kind }, nameOf(entry))] };
  }
  return judgeSettings(entry, wanted, live, scopeOf(resource), circumstances);
};

export function scopeOf({ type, name }: ConfigResource): SettingsScope {
  if (type === 'topic') return 'topic';
  if (type !== 'broker') return 'other';
  return name === '' ? 'all-brokers' : 'broker';
}

function judgeSettings(
  entry: Entry,
  wanted: Entry | undefined,
  live: Entry | undefined,
  scope: SettingsScope,
  circumstances: Circumstances,
): Judgement {
  const point = wanted === undefined ? NOTHING_SET : configContent(wanted);
  const now = live === undefined ? NOTHING_SET : configContent(live);
  const name = nameOf(entry);
  const change = settingsChange(point.values, now.values, scope, circumstances);
  const findings = settingsFindings(
    name,
    wantedSettings(point.values, scope, circumstances.site),
    now.values,
  );
  if (change.fixed.length > 0) {
    findings.push(finding(FIXED_CONFIGS, name, { names: change.fixed.join(', ') }));
  }
  if (Object.keys(change.values).length === 0) return { steps: [], findings };
  const expect = { values: fingerprint(now.values) };
  const draft = { phase: 'configs', fidelity: 'exact', members: ['values'] } as const;
  if (wanted === undefined) return { steps: [removeStep(entry, expect, draft)], findings, difference: [] };
  if (live === undefined) return { steps: [createStep(wanted, draft)], findings, difference: [] };
  return { steps: [changeStep(wanted, expect, draft)], findings, difference: ['values'] };
}

/** Of a kind that came with a later release. */
function unknownType(wanted: Entry): Judgement {
  const names = Object.keys(configContent(wanted).values).join(', ');
  const findings = [finding(UNKNOWN_CONFIGS, nameOf(wanted), { names })];
  return { steps: [], findings, difference: [] };
}

/** Configs of a broker that is not here: nothing can be set, and on another site nothing has to be. */
function absentBroker(
  wanted: Entry,
  { type, name }: ConfigResource,
  { site }: Circumstances,
): Judgement | undefined {
  if (type !== 'broker' || name === '' || site.brokers.some(({ id }) => String(id) === name))
    return undefined;
  const to =
    site.replaced
      .get(Number(name))
      ?.map(({ id }) => id)
      .join(', ') ?? '–';
  const findings = [finding(BROKER_ABSENT, nameOf(wanted), { to })];
  return { steps: [], findings, ...(site.same ? { difference: [] } : {}) };
}
