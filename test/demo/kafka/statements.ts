import type { KafkaTool } from '../../foreign/kafka-tools.ts';
import { type Lost, NOTHING_LOST } from './lost.ts';

/**
 * What a tool printed, as statements that each stand by themselves and in no order. Ids of topics are left out, since
 * a topic that is made anew has a new one, and what was lost is put as it is expected to come back.
 */
export function statementsOf(tool: KafkaTool, text: string, lost: Lost = NOTHING_LOST): string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  switch (tool) {
    case 'topics':
      return lines.map(topicStatement);
    case 'consumer-groups':
      return lines.flatMap((line) => offsetStatement(line, lost));
    default:
      return underHeadings(lines).filter((statement) => !isOfLostUser(statement, lost));
  }
}

function topicStatement(line: string): string {
  const [facts = '', configs] = line.replace(/\tTopicId: \S+/, '').split('\tConfigs: ');
  if (configs === undefined) return facts.trim();
  // A value may have commas of its own: `cleanup.policy=compact,delete`.
  const each = configs.split(/,(?=[a-z][a-z.]*=)/).sort();
  return `${facts.trim()} ${each.join(',')}`;
}

/** Group (which may have spaces), topic, partition, offset, end of the log, lag; members there are none. */
const OFFSET_ROW = /^(.*\S)\s+(\S+)\s+(\d+)\s+(\d+)\s+(\d+|-)\s+(\d+|-)\s+-\s+-\s+-\s*$/;

function offsetStatement(line: string, { emptiedTopics }: Lost): string[] {
  if (/^GROUP\s+TOPIC\s/.test(line)) return [];
  const [, group = '', topic = '', ...numbers] = OFFSET_ROW.exec(line) ?? [];
  if (topic === '') return [line.trim()];
  const [partition, ...others] = numbers;
  const known = emptiedTopics.has(topic) ? others.map(() => '0') : others;
  return [[group, topic, partition, ...known].join(' ')];
}

/** Indented lines belong to the heading before them, and say nothing without it; a heading alone says nothing. */
function underHeadings(lines: readonly string[]): string[] {
  let heading = '';
  return lines.flatMap((line) => {
    if (/^\s/.test(line)) return [`${heading} ${line.trim()}`];
    heading = line.trim();
    return / are \S/.test(line) ? [valuesInOrder(heading)] : [];
  });
}

/** `Quota configs for user-principal 'app' are b=2, a=1`: in the order of names. */
function valuesInOrder(statement: string): string {
  const at = statement.lastIndexOf(' are ') + ' are '.length;
  return statement.slice(0, at) + statement.slice(at).split(', ').sort().join(', ');
}

function isOfLostUser(statement: string, { users }: Lost): boolean {
  const [, user] = /^SCRAM credential configs for user-principal '(.*)' are /.exec(statement) ?? [];
  return user !== undefined && users.has(user);
}
