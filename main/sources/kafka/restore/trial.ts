import type { CheckResult } from '../../../../shared/model/preflight.ts';
import {
  isKafkaError,
  type KafkaClient,
  KafkaError,
  type Outcome,
  type TopicPartition,
  type TryRecord,
} from '../../../protocols/kafka/index.ts';
import type { KafkaAccess } from '../access.ts';
import { isDenied } from '../faults.ts';
import { inOrder } from '../lookahead.ts';
import { awaitTopics, until } from './visible.ts';

/*
 * Whether clients are served again: every broker takes a record and gives it back. That happens in a topic of our own,
 * with a partition led by each broker, made for this and deleted again, so that no topic of anybody else is touched.
 * Where topics cannot be deleted nothing is tried. What a try left behind that was killed, the next one deletes.
 */

export interface TrialOptions {
  readonly access: KafkaAccess;
  readonly signal?: AbortSignal | undefined;
}

type Finding = Omit<CheckResult, 'subject'>;

/** How the names of topics begin that a try makes. */
export const TRIAL_PREFIX = 'holdfast-try-';
const OWN_NAME = /^holdfast-try-[0-9a-f]{16}$/;
const MOST_REPLICAS = 3;
const BROKERS_AT_ONCE = 8;
/** For deleting the topic, which an abort does not keep from being done. */
const CLEANING_MS = 30_000;

/** Tries produce and consume on every broker, unless the options forbid it. */
export async function* tryRecords({ access, signal }: TrialOptions): AsyncGenerator<CheckResult> {
  const subject = access.options.bootstrapServers;
  if (!access.options.trial) return;
  const topic = newName(access.random);
  const findings: Finding[] = [];
  try {
    await removeLeftovers({ access, signal });
    // Before it is there: brokers that let nobody delete topics, or not this account, say so.
    await deleteTopics([topic], { access, signal });
    try {
      findings.push(await throughTopic(topic, { access, signal }));
    } finally {
      findings.push(...(await removed(topic, access)));
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (!isKafkaError(error)) throw error;
    findings.unshift(untried(error));
  }
  for (const finding of findings) yield { subject, ...finding };
}

function newName(random: () => number): string {
  const digits = Array.from({ length: 16 }, () => Math.floor(random() * 16).toString(16));
  return `${TRIAL_PREFIX}${digits.join('')}`;
}

async function removeLeftovers(options: TrialOptions): Promise<void> {
  const topics = await options.access.client.describeTopics(undefined, { signal: options.signal });
  const left = topics.map(({ name }) => name).filter((name) => OWN_NAME.test(name));
  if (left.length > 0) await deleteTopics(left, options);
}

/** Deletes topics; one that is not there is deleted. @throws KafkaError */
async function deleteTopics(names: readonly string[], options: TrialOptions): Promise<void> {
  const { access, signal } = options;
  for (const outcome of await insisting(options, () => access.client.deleteTopics(names, { signal }))) {
    if (outcome !== undefined && outcome.code !== 'UNKNOWN_TOPIC_OR_PARTITION') throw outcome;
  }
}

/** Asks again while a quota on changes holds them back. */
async function insisting(
  { access, signal }: TrialOptions,
  change: () => Promise<readonly Outcome[]>,
): Promise<readonly Outcome[]> {
  let outcomes: readonly Outcome[] = [];
  await until(access.options.patience * 1000, signal, async () => {
    outcomes = await change();
    return !outcomes.some((outcome) => isKafkaError(outcome, 'THROTTLING_QUOTA_EXCEEDED'));
  });
  return outcomes;
}

async function throughTopic(topic: string, options: TrialOptions): Promise<Finding> {
  const { access, signal } = options;
  const { client } = access;
  const { brokers } = await client.describeCluster({ signal });
  const ids = brokers.map(({ id }) => id);
  const wanted = { name: topic, replicas: eachLeading(ids), configs: {} };
  const [refused] = await insisting(options, () => client.createTopics([wanted], { signal }));
  if (refused !== undefined && !refused.outcomeUnknown) throw refused;
  const expected = new Map([[topic, { partitions: ids.length, ledFrom: 0 }]]);
  const hidden = await awaitTopics(expected, { access, signal });
  if (hidden.size > 0) throw refused ?? new KafkaError('TimedOut', { subject: `createTopics ${topic}` });
  const problems: string[] = [];
  for await (const problem of inOrder(ids.entries(), BROKERS_AT_ONCE, ([partition, id]) =>
    throughBroker(client, { topic, partition }, id, signal),
  )) {
    if (problem !== undefined) problems.push(problem);
  }
  return problems.length === 0 ? served(topic, ids) : notServed(problems);
}

/** A partition for each broker to lead, its other replicas on those that follow. */
function eachLeading(ids: readonly number[]): number[][] {
  const size = Math.min(ids.length, MOST_REPLICAS);
  return ids.map((_, first) => Array.from({ length: size }, (_, i) => ids[(first + i) % ids.length] ?? -1));
}

/** What is wrong with the broker; undefined when the record came back as it went. */
async function throughBroker(
  client: KafkaClient,
  at: TopicPartition,
  broker: number,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const record = { key: Buffer.from('try'), value: Buffer.from(`${at.topic} ${at.partition}`) };
  try {
    const offset = await client.produce(at, record, { signal });
    const back = await client.fetch(at, offset, { signal });
    return isSame(record, back) ? undefined : `broker ${broker}: the record did not come back`;
  } catch (error) {
    signal?.throwIfAborted();
    if (!isKafkaError(error) || isDenied(error)) throw error;
    return `broker ${broker}: ${error.message}`;
  }
}

function isSame(record: TryRecord, back: TryRecord | undefined): boolean {
  return back !== undefined && textOf(record) === textOf(back);
}

function textOf({ key, value }: TryRecord): string {
  return JSON.stringify([Buffer.from(key).toString(), Buffer.from(value).toString()]);
}

/** Deletes the topic and waits until no broker shows it; nothing to say where that went well. */
async function removed(topic: string, access: KafkaAccess): Promise<Finding[]> {
  const signal = AbortSignal.timeout(CLEANING_MS);
  try {
    await deleteTopics([topic], { access, signal });
    const shown = await awaitTopics(new Map([[topic, { partitions: 0, ledFrom: 0 }]]), { access, signal });
    return shown.size === 0 ? [] : [leftBehind(topic, 'brokers still show it')];
  } catch (error) {
    if (!isKafkaError(error) && !signal.aborted) throw error;
    return [leftBehind(topic, isKafkaError(error) ? error.message : 'no answer')];
  }
}

const check = 'kafka.records';

function served(topic: string, ids: readonly number[]): Finding {
  const brokers = ids.join(', ');
  return {
    check,
    result: 'passed',
    finding: {
      en: `Brokers ${brokers} took a record each and gave it back, in ${topic}, which is deleted again.`,
      zh: `broker ${brokers} 均已写入并读回一条消息；所用主题 ${topic} 已删除。`,
    },
  };
}

function notServed(problems: readonly string[]): Finding {
  const list = problems.join('; ');
  return {
    check,
    result: 'failed',
    finding: {
      en: `A record could not be written and read back: ${list}.`,
      zh: `消息无法写入或读回：${list}。`,
    },
    remedy: {
      en: 'See the logs of these brokers, and what their settings ask of producers.',
      zh: '请查看这些 broker 的日志，以及其配置对生产者的要求。',
    },
  };
}

/** What the account or the cluster does not allow says nothing about whether others are served. */
function untried(error: KafkaError): Finding {
  if (!isRefused(error)) return notServed([error.message]);
  return {
    check,
    result: 'unknown',
    finding: {
      en: `Whether records can be written and read was not tried: ${error.message}.`,
      zh: `未能尝试消息的写入与读取：${error.message}。`,
    },
    remedy: {
      en: `The account needs Create, Write, Read and Delete on topics whose names begin with ${TRIAL_PREFIX}.`,
      zh: `账号需要对名称以 ${TRIAL_PREFIX} 开头的主题拥有 Create、Write、Read 与 Delete 权限。`,
    },
  };
}

function isRefused(error: KafkaError): boolean {
  return isDenied(error) || isKafkaError(error, 'TOPIC_DELETION_DISABLED', 'POLICY_VIOLATION');
}

function leftBehind(topic: string, problem: string): Finding {
  return {
    check: 'kafka.try-topic-removed',
    result: 'warning',
    finding: {
      en: `The topic ${topic}, made to try the brokers, could not be deleted: ${problem}.`,
      zh: `用于试验 broker 的主题 ${topic} 未能删除：${problem}。`,
    },
    remedy: { en: 'Delete it.', zh: '请删除该主题。' },
  };
}
