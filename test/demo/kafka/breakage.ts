import type { KafkaState } from '../../foreign/kafka.ts';
import type { ToolCall } from '../../foreign/kafka-tools.ts';
import { setCredential, toolCall } from './calls.ts';
import { READER } from './fill.ts';

/** What is done to a filled Kafka. */
export interface Breakage {
  /** Deleted with their records, and with the groups' offsets in them. */
  readonly deletedTopics: readonly string[];
  readonly newTopics: readonly string[];
  /** Topics that take hardly any message any more. */
  readonly narrowedTopics: readonly string[];
  /** Topics that lose what was set on them: names of configs by topic. */
  readonly bareTopics: ReadonlyMap<string, readonly string[]>;
  readonly deletedGroups: readonly string[];
  /** Groups that would read everything once more. */
  readonly rewoundGroups: readonly string[];
}

/** The user that somebody slips in. */
export const INTRUDER = 'mallory';

const DELETED = 'Payments-';
const MOST_TOPICS = 12;
const NEW_TOPICS = 3;

/** Chooses what to break in what `FILL` built: the same for the same state. */
export function planBreakage({ topics, groups }: KafkaState): Breakage {
  const named = (prefix: string) => topics.filter(({ name }) => name.startsWith(prefix));
  const idsOf = (prefix: string) => groups.map(({ id }) => id).filter((id) => id.startsWith(prefix));
  const configured = named('audit_').filter(({ configs }) => Object.keys(configs).length > 0);
  return {
    deletedTopics: named(DELETED).map(({ name }) => name),
    newTopics: Array.from({ length: NEW_TOPICS }, (_, index) => `leftover-${index}`),
    narrowedTopics: named('_hidden-')
      .slice(0, MOST_TOPICS)
      .map(({ name }) => name),
    bareTopics: new Map(
      configured.slice(0, MOST_TOPICS).map(({ name, configs }) => [name, Object.keys(configs)]),
    ),
    deletedGroups: idsOf('grüppe-'),
    rewoundGroups: idsOf('Group.'),
  };
}

/** The breakage by Kafka's tools. Groups come first: the offsets in a deleted topic go with it. */
export function breakageCalls(breakage: Breakage): ToolCall[] {
  return [
    ...groupCalls(breakage),
    ...topicCalls(breakage),
    ...SETTINGS_SPOILED,
    setCredential(INTRUDER, READER.mechanism, 4096, 'let me in'),
  ];
}

function groupCalls({ rewoundGroups, deletedGroups }: Breakage): ToolCall[] {
  const { group, topic } = READER;
  const these = (ids: readonly string[]) => ids.flatMap((id) => ['--group', id]);
  return [
    toolCall(`consumer-groups --reset-offsets --group ${group} --topic ${topic} --to-latest --execute`),
    {
      tool: 'consumer-groups',
      args: ['--reset-offsets', ...these(rewoundGroups), '--all-topics', '--to-earliest', '--execute'],
    },
    { tool: 'consumer-groups', args: ['--delete', ...these(deletedGroups)] },
  ];
}

function topicCalls({ newTopics, narrowedTopics, bareTopics }: Breakage): ToolCall[] {
  const alter = (topic: string) => `configs --alter --entity-type topics --entity-name ${topic}`;
  return [
    `topics --delete --topic ${DELETED}.*`,
    ...newTopics.map((topic) => `topics --create --topic ${topic} --partitions 2`),
    ...narrowedTopics.map((topic) => `${alter(topic)} --add-config max.message.bytes=100`),
    ...[...bareTopics].map(([topic, configs]) => `${alter(topic)} --delete-config ${configs.join(',')}`),
  ].map(toolCall);
}

const SETTINGS_SPOILED = [
  'configs --alter --entity-type brokers --entity-default --add-config log.retention.ms=86400000',
  'configs --alter --entity-type brokers --entity-name 1 --delete-config log.cleaner.backoff.ms',
  'configs --alter --entity-type client-metrics --entity-name producers --delete-config interval.ms,match,metrics',
  `configs --alter --entity-type groups --entity-name ${READER.group} --delete-config consumer.session.timeout.ms`,
  'configs --alter --entity-type users --entity-default --add-config producer_byte_rate=1024',
  'configs --alter --entity-type users --entity-name app-1 --delete-config consumer_byte_rate',
  'configs --alter --entity-type clients --entity-name reports --delete-config request_percentage',
  `configs --alter --entity-type users --entity-name ${INTRUDER} --add-config producer_byte_rate=1073741824`,
  'configs --alter --entity-type ips --entity-name 10.1.2.3 --add-config connection_creation_rate=20000',
  'acls --remove --force --cluster',
  'acls --remove --force --topic *',
  `acls --remove --force --topic ${READER.prefix} --resource-pattern-type prefixed`,
  `acls --remove --force --group ${READER.group}`,
  `acls --add --allow-principal User:${INTRUDER} --operation All --topic *`,
  `configs --alter --entity-type users --entity-name ${READER.user} --delete-config ${READER.mechanism}`,
].map(toolCall);
