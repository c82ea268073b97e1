import type { Text } from '../../../shared/errors/text.ts';
import type { ShownDifference } from '../../../shared/model/listing.ts';
import type { KafkaState } from '../../foreign/kafka.ts';
import { apart, firstFew } from '../against.ts';
import { type Moment, THEN } from '../moments.ts';
import type { Facts, Proof } from '../report.ts';
import type { Look } from './look.ts';
import { type Lost, NOTHING_LOST } from './lost.ts';
import { compareObjects, differenceText, type KafkaObject, lasting, objectsOf } from './objects.ts';
import { statementsOf } from './statements.ts';

/** Two moments that are to be alike, apart from what was lost on the way. */
export interface Comparison {
  readonly now: Moment;
  readonly like: Moment;
  readonly before: Look;
  readonly after: Look;
  readonly lost: Lost;
}

/** The archive, read by tar and a JSON parser, holds what Java's AdminClient saw, ids of topics too. */
export function archiveProof(filled: KafkaState, stored: readonly KafkaObject[]): Proof {
  const seen = objectsOf(filled);
  const differences = compareObjects(seen, stored).map(differenceText);
  return {
    proof: 'archive-as-filled',
    equal: differences.length === 0,
    claim: {
      en: 'Plain tar and a JSON parser find in the archive every object that Java’s AdminClient saw ({objects}), and nothing else',
      zh: '仅用 tar 和 JSON 解析器即可在归档中找到 Java AdminClient 看到的全部 {objects} 个对象，且没有多余对象',
    },
    facts: { objects: seen.length, differences: differences.length },
    differences: firstFew(differences),
  };
}

/** What we show as different is what Java's AdminClient sees as different. */
export function differencesProof(
  filled: KafkaState,
  broken: KafkaState,
  ours: readonly ShownDifference[],
): Proof {
  const objects = (state: KafkaState) => lasting(objectsOf(state), NOTHING_LOST);
  const seen = compareObjects(objects(filled), objects(broken)).map(differenceText);
  const against = apart(['only Java sees', seen], ['only holdfast shows', ours.map(differenceText)]);
  return {
    proof: 'diff-as-seen-by-java',
    equal: against.length === 0 && seen.length > 0,
    claim: {
      en: 'holdfast diff names exactly the {differences} objects that Java’s AdminClient sees differ',
      zh: 'holdfast diff 给出的差异与 Java AdminClient 看到的 {differences} 处完全一致',
    },
    facts: { differences: seen.length },
    differences: firstFew(against),
  };
}

/** Kafka's own tools print the same, line by line. */
export function toolsProof({ now, like, before, after, lost }: Comparison): Proof {
  const [left, right] = [saidBy(before, lost), saidBy(after, NOTHING_LOST)];
  const against = apart([like, [...left.values()].flat()], [now, [...right.values()].flat()]);
  const counts: Facts = Object.fromEntries(
    [...left].map(([tool, statements]) => [`kafka-${tool}`, statements.length]),
  );
  const lines = [...left.values()].reduce((sum, statements) => sum + statements.length, 0);
  const text = {
    en: `By Kafka’s own tools ({tools}): all {lines} lines that they print are ${THEN[like].en}, but for the ids of topics`,
    zh: `由 Kafka 自带的工具（{tools}）确认：其输出的全部 {lines} 行${THEN[like].zh}一致，主题 ID 除外`,
  };
  const clamped = clampedOffsets(before.state, lost);
  return {
    proof: `${now}-as-${like}`,
    equal: against.length === 0 && [...left.values()].every((statements) => statements.length > 0),
    claim: besides(text, lost, clamped),
    facts: {
      lines,
      ...counts,
      tools: Object.keys(counts).join(', '),
      emptiedTopics: lost.emptiedTopics.size,
      clampedOffsets: clamped,
      usersLost: lost.users.size,
      differences: against.length,
    },
    differences: firstFew(against),
  };
}

/** Java's AdminClient sees what the tools do not print, such as what programs noted with their offsets. */
export function clientProof({ now, like, before, after, lost }: Comparison): Proof {
  const left = lasting(objectsOf(before.state), lost);
  const differences = compareObjects(left, lasting(objectsOf(after.state), NOTHING_LOST)).map(differenceText);
  return {
    proof: `${now}-described-as-${like}`,
    equal: differences.length === 0,
    claim: {
      en: `By Java’s AdminClient: {objects} objects are ${THEN[like].en} in the same way, metadata of offsets included`,
      zh: `由 Java AdminClient 确认：{objects} 个对象${THEN[like].zh}同样一致，包括位点的元数据`,
    },
    facts: { objects: left.length, differences: differences.length },
    differences: firstFew(differences),
  };
}

/** Topics that nobody deleted are the same ones, with the same records. */
export function untouchedProof(
  now: Moment,
  filled: KafkaState,
  after: KafkaState,
  deleted: ReadonlySet<string>,
): Proof {
  const kept = filled.topics.filter(({ name, internal }) => !internal && !deleted.has(name));
  const live = new Map(after.topics.map((topic) => [topic.name, topic]));
  const wrong = kept.filter(({ name, id, log }) => {
    const topic = live.get(name);
    return topic?.id !== id || JSON.stringify(topic.log) !== JSON.stringify(log);
  });
  const records = kept.reduce((sum, { log }) => sum + recordsIn(log), 0);
  return {
    proof: `${now}-left-the-rest-alone`,
    equal: wrong.length === 0 && kept.length > 0,
    claim: {
      en: '{untouched} topics that were not deleted are the same ones, by id, with their {records} records',
      zh: '{untouched} 个未被删除的主题 ID 不变，其 {records} 条消息仍在',
    },
    facts: { untouched: kept.length, records, differences: wrong.length },
    differences: firstFew(wrong.map(({ name }) => name)),
  };
}

/** Everything that an application needs is there: its password, its rights, its topic, and where its group stood. */
export function readerProof(reader: Facts, unread: number, read: number): Proof {
  return {
    proof: 'application-goes-on',
    equal: read === unread && unread > 0,
    claim: {
      en: '{user} signs in by {mechanism} with its old password, its ACLs let it in, and as a member of group {group} it reads from {topic} exactly the {unread} records that the group had not read',
      zh: '{user} 以原密码通过 {mechanism} 登录，ACL 允许其访问，并以消费组 {group} 成员的身份从 {topic} 恰好读到该组尚未读取的 {unread} 条消息',
    },
    facts: { ...reader, unread, read },
    differences: read === unread ? [] : [`read ${read} records`],
  };
}

/** How many records lie between the starts and the ends of a topic's logs. */
export function recordsIn(log: KafkaState['topics'][number]['log']): number {
  return log.reduce((sum, [start, end]) => sum + end - start, 0);
}

function saidBy({ printed }: Look, lost: Lost): Map<string, string[]> {
  const statements = Map.groupBy(printed, ({ tool }) => tool);
  return new Map(
    [...statements].map(([tool, texts]) => [
      tool,
      texts.flatMap(({ text }) => statementsOf(tool, text, lost)),
    ]),
  );
}

/** Offsets that cannot stand where they stood, since their records are gone. */
function clampedOffsets({ groups }: KafkaState, { emptiedTopics }: Lost): number {
  const rows = groups.flatMap(({ offsets }) =>
    Object.entries(offsets).flatMap(([topic, partitions]) => (emptiedTopics.has(topic) ? partitions : [])),
  );
  return rows.filter(([, offset]) => offset > 0).length;
}

function besides({ en, zh }: Text, { emptiedTopics, users }: Lost, clamped: number): Text {
  const parts: Text[] = [];
  if (emptiedTopics.size > 0 && clamped > 0) {
    parts.push({
      en: ' ({emptiedTopics} deleted topics are back without their records, which this backup does not hold: {clampedOffsets} offsets in them stand at the start)',
      zh: '（{emptiedTopics} 个被删除的主题已恢复，但其消息不在备份之内：其中 {clampedOffsets} 个位点位于起始处）',
    });
  }
  if (users.size > 0) {
    parts.push({
      en: ' (SCRAM credentials that nobody brings back, as Kafka tells nobody what checks a password: {usersLost})',
      zh: '（{usersLost} 个 SCRAM 凭据无法恢复：Kafka 不对外提供密码的校验值）',
    });
  }
  return { en: en + parts.map((part) => part.en).join(''), zh: zh + parts.map((part) => part.zh).join('') };
}
