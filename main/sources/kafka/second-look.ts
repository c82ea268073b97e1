import type { Entry, JsonObject, Line } from '../../../shared/model/entry.ts';
import { compareKeys, type Key } from '../../../shared/order/key.ts';
import { type BrokerDescription, isKafkaError, type TopicDescription } from '../../protocols/kafka/index.ts';
import { TOPIC } from './content.ts';
import { isUnknownKind } from './faults.ts';
import type { FirstPass } from './first-pass.ts';
import { BRANCHES, type Branch, DEFAULT, groupKey, keyText, offsetsKey, topicKey } from './keys.ts';
import { inOrder } from './lookahead.ts';
import { partitionsUnlisted } from './lost-brokers.ts';
import type { Problems } from './problems.ts';
import { READERS } from './read/branches.ts';
import { groupEntries, selectedGroups } from './read/groups.ts';
import { topicEntries } from './read/topics.ts';
import type { Problem, Reading } from './reading.ts';

/*
 * Kafka has no snapshot. After the first pass everything that a request or two can tell is read again: all of the
 * small branches, and the lists of topics and groups. What differs is corrected. Configs of topics that are still
 * the same, and offsets, stay as the first pass saw them; so does whatever the second look cannot see: only what is
 * known to be gone is taken out.
 */

/** Lines that correct the first pass, in key order. */
export async function* secondLook(
  reading: Reading,
  first: FirstPass,
  problems: Problems,
): AsyncGenerator<Line> {
  const branches = BRANCHES.filter(
    (branch) => reading.scope.branches.has(branch) && !problems.stopped(branch),
  );
  const look = (branch: Branch) => corrections(reading, branch, first, problems);
  for await (const { lines, problem } of inOrder(branches, branches.length, look)) {
    if (problem !== undefined) problems.addLater(problem);
    yield* lines.sort((a, b) => compareKeys(a.key, b.key));
  }
}

interface Corrections {
  readonly lines: Line[];
  /** Why there are none. */
  readonly problem?: Problem;
}

async function corrections(
  reading: Reading,
  branch: Branch,
  first: FirstPass,
  problems: Problems,
): Promise<Corrections> {
  try {
    if (branch === 'groups') return { lines: await correctGroups(reading, first, problems) };
    if (branch === 'topics') return { lines: await correctTopics(reading, first, problems) };
    return { lines: await correctSmall(reading, branch, first) };
  } catch (error) {
    if (!isKafkaError(error)) throw error;
    const neverThere = isUnknownKind(error) && first.size(branch) === 0;
    return { lines: [], ...(neverThere ? {} : { problem: { branch, kind: READERS[branch].kind, error } }) };
  }
}

async function correctSmall(reading: Reading, branch: Branch, first: FirstPass): Promise<Line[]> {
  const before = first.of(branch);
  const seen = new Set<string>();
  const lines: Line[] = [];
  for await (const entry of eachOf(READERS[branch].read(reading))) {
    const key = keyText(entry.key);
    seen.add(key);
    if (before.get(key) !== JSON.stringify(entry.content)) lines.push(entry);
  }
  const unseen = [...before.keys()].filter((key) => !seen.has(key)).map(parseKey);
  const brokers = unseen.length === 0 ? [] : await reading.brokers();
  const gone = unseen.filter((key) => reading.vouchesFor(key) && !isOfLostBroker(key, brokers));
  // What comes in doubt must not take the place of what was seen: a user without the verifier, of one with it.
  const sure = lines.filter(({ key }) => reading.vouchesFor(key) || !before.has(keyText(key)));
  return [...sure, ...removed(gone)];
}

/** True for what a broker tells that is down now: it may come back with all of it. */
function isOfLostBroker([branch, type, name]: Key, brokers: readonly BrokerDescription[]): boolean {
  if (branch === 'brokers') return true;
  if (branch !== 'configs' || type !== 'broker' || name === DEFAULT) return false;
  return !brokers.some(({ id }) => String(id) === name);
}

async function correctTopics(reading: Reading, first: FirstPass, problems: Problems): Promise<Line[]> {
  const topics = await reading.topics();
  const changed = topics.filter(
    (topic) => !isAsListed(first.topics.get(topic.name), topic) && !problems.has(TOPIC, topic.name),
  );
  const there = new Set(topics.map(({ name }) => name));
  const gone = await goneTopics(
    reading,
    [...first.topics.keys()].filter((name) => !there.has(name)),
  );
  return [...(await Array.fromAsync(eachOf(topicEntries(reading, changed)))), ...removed(gone.map(topicKey))];
}

/** True when the listing shows the topic as it was written: not made anew, grown or moved meanwhile. */
function isAsListed(written: JsonObject | undefined, { id, partitions }: TopicDescription): boolean {
  if (written === undefined || written.id !== id) return false;
  const assignment = written.replicas as readonly (readonly number[])[];
  return (
    assignment.length === partitions.length &&
    partitions.every(({ replicas }, partition) => isSame(assignment[partition] ?? [], replicas))
  );
}

function isSame(some: readonly number[], others: readonly number[]): boolean {
  return some === others || (some.length === others.length && some.every((id, i) => id === others[i]));
}

/** Those of the topics that are not listed any more which do not exist. One that may not be described is an error. */
async function goneTopics({ access, signal }: Reading, unlisted: string[]): Promise<readonly string[]> {
  if (unlisted.length === 0) return [];
  const topics = await access.client.describeTopics(unlisted, { signal });
  const there = new Set(topics.map(({ name }) => name));
  return unlisted.filter((name) => !there.has(name));
}

async function correctGroups(reading: Reading, first: FirstPass, problems: Problems): Promise<Line[]> {
  const groups = await selectedGroups(reading);
  const unlisted = await partitionsUnlisted(reading);
  problems.unlisted(unlisted);
  const there = new Set(groups.map(({ id }) => id));
  const fresh = groups.filter(({ id }) => !first.groups.has(id));
  const missed = [...first.groups].filter(([id]) => !there.has(id));
  const gone = unlisted.length === 0 ? await goneGroups(reading, missed) : [];
  return [...(await Array.fromAsync(eachOf(groupEntries(reading, fresh)))), ...removed(gone)];
}

/** Keys of the groups that are not listed any more. One that may not be described is an error. */
async function goneGroups(
  { access, signal }: Reading,
  unlisted: readonly (readonly [id: string, topics: readonly string[]])[],
): Promise<readonly Key[]> {
  const ids = unlisted.map(([id]) => id);
  const [refusal] = (await access.client.refused('groups', ids, { signal })).values();
  if (refusal !== undefined) throw refusal;
  return unlisted.flatMap(([id, topics]) => [groupKey(id), ...topics.map((topic) => offsetsKey(id, topic))]);
}

async function* eachOf(batches: AsyncIterable<readonly Entry[]>): AsyncGenerator<Entry> {
  for await (const batch of batches) yield* batch;
}

function removed(keys: readonly Key[]): Line[] {
  return keys.map((key) => ({ key, removed: true }));
}

function parseKey(text: string): Key {
  return JSON.parse(text) as Key;
}
