import type { Entry, Line } from '../../../shared/model/entry.ts';
import { compareKeys, type Key } from '../../../shared/order/key.ts';
import { isKafkaError } from '../../protocols/kafka/index.ts';
import { TOPIC } from './content.ts';
import { type FirstPass, keyText, topicFingerprint } from './first-pass.ts';
import { BRANCHES, type Branch, groupKey, offsetsKey, topicKey } from './keys.ts';
import type { Problems } from './problems.ts';
import { groupEntries, selectedGroups } from './read/groups.ts';
import { readBranch } from './read/pass.ts';
import { topicEntries } from './read/topics.ts';
import type { Reading } from './reading.ts';

/*
 * Kafka has no snapshot. After the first pass everything that a request or two can tell is read again: all of the
 * small branches, and the lists of topics and groups. What differs is corrected. Configs of topics that are still
 * the same, and offsets, stay as the first pass saw them.
 */

/** Lines that correct the first pass, in key order. */
export async function* secondLook(
  reading: Reading,
  first: FirstPass,
  problems: Problems,
): AsyncGenerator<Line> {
  for (const branch of BRANCHES) {
    if (!reading.scope.branches.has(branch) || problems.stopped(branch)) continue;
    const lines = await corrections(reading, branch, first, problems);
    yield* lines.sort((a, b) => compareKeys(a.key, b.key));
  }
}

async function corrections(
  reading: Reading,
  branch: Branch,
  first: FirstPass,
  problems: Problems,
): Promise<Line[]> {
  try {
    if (branch === 'groups') return await correctGroups(reading, first);
    if (branch === 'topics') return await correctTopics(reading, first, problems);
    return await correctSmall(reading, branch, first);
  } catch (error) {
    if (!isKafkaError(error)) throw error;
    reading.problem({ branch, kind: branch, name: 'the second look', error });
    return [];
  }
}

async function correctSmall(reading: Reading, branch: Branch, first: FirstPass): Promise<Line[]> {
  const before = first.of(branch);
  const seen = new Set<string>();
  const lines: Line[] = [];
  for await (const batch of readBranch(reading, branch)) {
    for (const entry of batch) {
      const key = keyText(entry.key);
      seen.add(key);
      if (before.get(key) !== JSON.stringify(entry.content)) lines.push(entry);
    }
  }
  return [...lines, ...removed([...before.keys()].filter((key) => !seen.has(key)).map(parseKey))];
}

async function correctTopics(reading: Reading, first: FirstPass, problems: Problems): Promise<Line[]> {
  const before = first.of('topics');
  const topics = await reading.topics();
  const changed = topics.filter(
    (topic) =>
      before.get(keyText(topicKey(topic.name))) !== topicFingerprint(topic) &&
      !problems.has(TOPIC, topic.name),
  );
  const there = new Set(topics.map(({ name }) => keyText(topicKey(name))));
  const gone = [...before.keys()].filter((key) => !there.has(key)).map(parseKey);
  return [...(await collected(topicEntries(reading, changed))), ...removed(gone)];
}

async function correctGroups(reading: Reading, first: FirstPass): Promise<Line[]> {
  const groups = await selectedGroups(reading);
  const there = new Set(groups.map(({ id }) => id));
  const fresh = groups.filter(({ id }) => !first.groups.has(id));
  const gone = [...first.groups]
    .filter(([id]) => !there.has(id))
    .flatMap(([id, topics]) => [groupKey(id), ...topics.map((topic) => offsetsKey(id, topic))]);
  return [...(await collected(groupEntries(reading, fresh))), ...removed(gone)];
}

async function collected(batches: AsyncIterable<readonly Entry[]>): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const batch of batches) entries.push(...batch);
  return entries;
}

function removed(keys: readonly Key[]): Line[] {
  return keys.map((key) => ({ key, removed: true }));
}

function parseKey(text: string): Key {
  return JSON.parse(text) as Key;
}
