import { z } from 'zod';
import type { JsonObject } from '../../../shared/model/entry.ts';
import { field } from '../../../shared/options/field.ts';
import { validate } from '../../../shared/options/parse.ts';
import type { Key } from '../../../shared/order/key.ts';
import { BRANCHES, type Branch } from './keys.ts';
import { literalName, matchNames, type NameMatch } from './patterns.ts';

/** What to capture of a Kafka. */
export const kafkaSelection = z.object({
  kinds: field(z.array(z.enum(BRANCHES)).default([...BRANCHES]), {
    label: { en: 'Kinds', zh: '对象类型' },
    help: {
      en: 'acls, brokers, configs (of brokers, client metrics and groups), features, groups (with offsets), quotas, topics (with configs), users.',
      zh: 'acls、brokers、configs（broker、客户端指标与组的配置）、features、groups（含位点）、quotas、topics（含配置）、users。',
    },
    example: 'topics',
  }),
  topics: field(z.array(z.string().min(1)).default([]), {
    label: { en: 'Only topics', zh: '仅包含主题' },
    help: {
      en: 'Names, * for any characters, ? for one. None: all.',
      zh: '名称；* 匹配任意字符，? 匹配单个字符。留空表示全部。',
    },
    widget: 'topics',
    example: 'orders-*',
  }),
  excludeTopics: field(z.array(z.string().min(1)).default([]), {
    label: { en: 'But not topics', zh: '排除主题' },
    widget: 'topics',
    example: '*-tmp',
  }),
  groups: field(z.array(z.string()).default([]), {
    label: { en: 'Only groups', zh: '仅包含消费组' },
    help: { en: 'Patterns as above. None: all.', zh: '模式同上。留空表示全部。' },
    example: 'billing-*',
  }),
  excludeGroups: field(z.array(z.string()).default([]), {
    label: { en: 'But not groups', zh: '排除消费组' },
    example: 'console-consumer-*',
  }),
  internal: field(z.boolean().default(true), {
    label: { en: 'Record internal topics', zh: '记录内部主题' },
    help: {
      en: '__consumer_offsets and the like: for the record, never restored.',
      zh: '如 __consumer_offsets：仅作记录，不会恢复。',
    },
    advanced: true,
  }),
});

export type KafkaSelection = z.infer<typeof kafkaSelection>;

/** What a selection takes, ready to be asked. */
export interface Scope {
  readonly branches: ReadonlySet<Branch>;
  readonly topic: NameMatch;
  readonly group: NameMatch;
  readonly internal: boolean;
  /** Names that were asked for one by one: that they exist is expected. */
  readonly named: { readonly topics: readonly string[]; readonly groups: readonly string[] };
  /** Whether more may be selected than what is named. */
  readonly open: { readonly topics: boolean; readonly groups: boolean };
}

/** @throws HoldfastError `general.invalid-input` for anything but a selection. */
export function parseSelection(selection: JsonObject): KafkaSelection {
  return validate(kafkaSelection, selection, 'Kafka selection');
}

/** @throws HoldfastError `general.invalid-input` for patterns that are none. */
export function scopeOf(selection: KafkaSelection): Scope {
  const topic = matchWithout(selection.topics, selection.excludeTopics);
  const group = matchWithout(selection.groups, selection.excludeGroups);
  return {
    branches: new Set(selection.kinds),
    topic,
    group,
    internal: selection.internal,
    named: {
      topics: literals(selection.topics).filter(topic),
      groups: literals(selection.groups).filter(group),
    },
    open: { topics: isOpen(selection.topics), groups: isOpen(selection.groups) },
  };
}

/**
 * Whether a selection covers a key. Offsets are covered with their group, whatever their topic. Whether a topic is
 * internal does not show in its key: it counts as if it were not.
 */
export function selectionCovers(selection: KafkaSelection): (key: Key) => boolean {
  const scope = scopeOf(selection);
  return (key) => {
    const [branch, name = ''] = key;
    if (!scope.branches.has(branch as Branch)) return false;
    if (branch === 'topics') return scope.topic(name);
    return branch !== 'groups' || scope.group(name);
  };
}

function matchWithout(include: readonly string[], exclude: readonly string[]): NameMatch {
  const wanted = include.length === 0 ? () => true : matchNames(include);
  const unwanted = matchNames(exclude);
  return (name) => wanted(name) && !unwanted(name);
}

function isOpen(patterns: readonly string[]): boolean {
  return patterns.length === 0 || literals(patterns).length < patterns.length;
}

function literals(patterns: readonly string[]): readonly string[] {
  return patterns.map(literalName).filter((name) => name !== undefined);
}
