import type { Entry } from '../../../../../shared/model/entry.ts';
import { topicContent } from '../../content.ts';
import { isInternal } from '../internal-topics.ts';
import {
  AS_WANTED,
  type Circumstances,
  changeStep,
  createStep,
  fingerprint,
  type Judge,
  type Judgement,
  judgeExtra,
  nameOf,
} from '../judgement.ts';
import type { Finding } from '../notes.ts';
import { isPlaced, place } from '../placement.ts';
import * as reasons from '../reasons.ts';
import { settingsChange, wantedSettings } from '../settings.ts';
import { settingsFindings } from './settings-findings.ts';

export const judgeTopic: Judge = ({ left: wanted, right: live }, circumstances) => {
  const either = wanted ?? live;
  if (either !== undefined && [wanted, live].some((entry) => entry !== undefined && isInternal(entry))) {
    return judgeInternal(wanted, live);
  }
  if (wanted === undefined) return live === undefined ? AS_WANTED : judgeExtraTopic(live, circumstances);
  return live === undefined ? judgeMissing(wanted, circumstances) : judgeBoth(wanted, live, circumstances);
};

/** Not a difference: what a cluster keeps for itself is no part of a restore. */
function judgeInternal(wanted: Entry | undefined, live: Entry | undefined): Judgement {
  if (wanted === undefined || live !== undefined) return AS_WANTED;
  return { steps: [], findings: [{ reason: reasons.INTERNAL, name: nameOf(wanted) }] };
}

function judgeExtraTopic(live: Entry, circumstances: Circumstances): Judgement {
  const { id, partitions, configs } = topicContent(live);
  const expect = { id, partitions, configs: fingerprint(configs) };
  const lost: Finding = { reason: reasons.RECORDS_LOST, name: nameOf(live) };
  return judgeExtra(live, circumstances, expect, { phase: 'remove-topics', fidelity: 'exact' }, [lost]);
}

function judgeMissing(wanted: Entry, { site }: Circumstances): Judgement {
  const { replicas, configs } = topicContent(wanted);
  const settings = wantedSettings(configs, 'topic', site);
  const placement = place(nameOf(wanted), replicas, site);
  const most = Math.max(...replicas.map((each) => each.length));
  const short: Finding[] =
    placement.lacking === 0
      ? []
      : [
          {
            reason: reasons.FEWER_REPLICAS,
            name: nameOf(wanted),
            params: { wanted: most, live: most - placement.lacking },
          },
        ];
  const findings = [...short, ...settingsFindings(nameOf(wanted), settings, {})];
  const loses = short.length > 0 || settings.unknown.length > 0;
  const step = createStep(wanted, {
    phase: 'topics',
    fidelity: loses ? 'partial' : 'equivalent',
    members: ['partitions', 'replicas', 'configs'],
  });
  return { steps: [step], findings, difference: [] };
}

function judgeBoth(wanted: Entry, live: Entry, circumstances: Circumstances): Judgement {
  const { site } = circumstances;
  const point = topicContent(wanted);
  const now = topicContent(live);
  const name = nameOf(wanted);
  const findings: Finding[] = [];
  const steps = [];
  const difference: string[] = [];
  if (site.same && point.id !== null && now.id !== null && point.id !== now.id) {
    findings.push({ reason: reasons.MADE_ANEW, name });
  }
  if (point.partitions !== now.partitions) difference.push('partitions');
  if (point.partitions > now.partitions) {
    const expect = { id: now.id, partitions: now.partitions };
    steps.push(
      changeStep(wanted, expect, { phase: 'topics', fidelity: 'equivalent', members: ['partitions'] }),
    );
  } else if (point.partitions < now.partitions) {
    const params = { live: now.partitions, wanted: point.partitions };
    findings.push({ reason: reasons.CANNOT_SHRINK, name, params });
  }
  const elsewhere = now.replicas.filter((replicas, i) => {
    const there = point.replicas[i];
    return there !== undefined && !isPlaced(there, replicas, site);
  }).length;
  if (elsewhere > 0) {
    difference.push('replicas');
    findings.push({ reason: reasons.REPLICAS_STAY, name, params: { partitions: elsewhere } });
  }
  const change = settingsChange(point.configs, now.configs, 'topic', circumstances);
  findings.push(...settingsFindings(name, wantedSettings(point.configs, 'topic', site), now.configs));
  if (Object.keys(change.values).length > 0) {
    difference.push('configs');
    const expect = { id: now.id, configs: fingerprint(now.configs) };
    steps.push(changeStep(wanted, expect, { phase: 'configs', fidelity: 'exact', members: ['configs'] }));
  }
  return { steps, findings, ...(difference.length === 0 ? {} : { difference }) };
}
