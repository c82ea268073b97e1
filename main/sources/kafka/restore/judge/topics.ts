import type { Entry } from '../../../../../shared/model/entry.ts';
import { type TopicContent, topicContent } from '../../content.ts';
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
import { type Finding, finding } from '../notes.ts';
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
  return { steps: [], findings: [finding(reasons.INTERNAL, nameOf(wanted))] };
}

function judgeExtraTopic(live: Entry, circumstances: Circumstances): Judgement {
  const { id, partitions, configs } = topicContent(live);
  const expect = { id, partitions, configs: fingerprint(configs) };
  const lost = finding(reasons.RECORDS_LOST, nameOf(live));
  return judgeExtra(live, circumstances, expect, { phase: 'remove-topics', fidelity: 'exact' }, [lost]);
}

function judgeMissing(wanted: Entry, { site }: Circumstances): Judgement {
  const { replicas, configs } = topicContent(wanted);
  const name = nameOf(wanted);
  const settings = wantedSettings(configs, 'topic', site);
  const short = replicasShort(name, replicas, site);
  const loses = short.length > 0 || settings.unknown.length > 0;
  const step = createStep(wanted, {
    phase: 'topics',
    fidelity: loses ? 'partial' : 'equivalent',
    members: ['partitions', 'replicas', 'configs'],
  });
  return { steps: [step], findings: [...short, ...settingsFindings(name, settings, {})], difference: [] };
}

function replicasShort(
  name: string,
  replicas: TopicContent['replicas'],
  site: Circumstances['site'],
): Finding[] {
  const { lacking } = place(name, replicas, site);
  if (lacking === 0) return [];
  const most = Math.max(...replicas.map(({ length }) => length));
  return [finding(reasons.FEWER_REPLICAS, name, { wanted: most, live: most - lacking })];
}

function judgeBoth(wanted: Entry, live: Entry, circumstances: Circumstances): Judgement {
  const { site } = circumstances;
  const topic: Topic = { wanted, name: nameOf(wanted), point: topicContent(wanted), now: topicContent(live) };
  const { point, now, name } = topic;
  const isAnew = site.same && point.id !== null && now.id !== null && point.id !== now.id;
  const parts = [
    judgePartitions(topic),
    judgeReplicas(topic, site),
    judgeConfigs(topic, circumstances),
    isAnew ? { ...AS_WANTED, findings: [finding(reasons.MADE_ANEW, name)] } : AS_WANTED,
  ];
  const difference = parts.flatMap((part) => part.difference ?? []);
  return {
    steps: parts.flatMap(({ steps }) => steps),
    findings: parts.flatMap(({ findings }) => findings),
    ...(difference.length === 0 ? {} : { difference }),
  };
}

/** A topic that both sides have. */
interface Topic {
  readonly wanted: Entry;
  readonly name: string;
  readonly point: TopicContent;
  readonly now: TopicContent;
}

function judgePartitions({ wanted, name, point, now }: Topic): Judgement {
  const difference = ['partitions'];
  if (point.partitions === now.partitions) return AS_WANTED;
  if (point.partitions < now.partitions) {
    const params = { live: now.partitions, wanted: point.partitions };
    return { steps: [], findings: [finding(reasons.CANNOT_SHRINK, name, params)], difference };
  }
  const expect = { id: now.id, partitions: now.partitions };
  const draft = { phase: 'topics', fidelity: 'equivalent', members: difference } as const;
  return { steps: [changeStep(wanted, expect, draft)], findings: [], difference };
}

/** Of partitions that both have: no restore moves replicas. */
function judgeReplicas({ name, point, now }: Topic, site: Circumstances['site']): Judgement {
  const elsewhere = now.replicas.filter((replicas, i) => {
    const there = point.replicas[i];
    return there !== undefined && !isPlaced(there, replicas, site);
  }).length;
  if (elsewhere === 0) return AS_WANTED;
  const stays = finding(reasons.REPLICAS_STAY, name, { partitions: elsewhere });
  return { steps: [], findings: [stays], difference: ['replicas'] };
}

function judgeConfigs({ wanted, name, point, now }: Topic, circumstances: Circumstances): Judgement {
  const left = wantedSettings(point.configs, 'topic', circumstances.site);
  const findings = settingsFindings(name, left, now.configs);
  const change = settingsChange(point.configs, now.configs, 'topic', circumstances);
  if (Object.keys(change.values).length === 0) return { steps: [], findings };
  const expect = { id: now.id, configs: fingerprint(now.configs) };
  const draft = { phase: 'configs', fidelity: 'exact', members: ['configs'] } as const;
  return { steps: [changeStep(wanted, expect, draft)], findings, difference: draft.members };
}
