import type { Entry } from '../../../../shared/model/entry.ts';
import type { Key } from '../../../../shared/order/key.ts';
import { isKafkaError } from '../../../protocols/kafka/index.ts';
import { configEntry } from '../entries.ts';
import { isUnknownKind } from '../faults.ts';
import { keyText } from '../first-pass.ts';
import { type Branch, configOfKey } from '../keys.ts';
import { READERS } from '../read/branches.ts';
import { groupEntries } from '../read/groups.ts';
import { topicEntries } from '../read/topics.ts';
import type { Reading } from '../reading.ts';

/**
 * What stands at the given keys now: topics, groups and configs one by one, of the other
 * branches all there is.
 *
 * @throws KafkaError
 */
export async function readLive(
  reading: Reading,
  keys: readonly Key[],
): Promise<(key: Key) => Entry | undefined> {
  const branches = Map.groupBy(keys, ([branch]) => branch as Branch);
  const found = new Map<string, Entry>();
  for (const [branch, own] of branches) {
    for await (const batch of entriesOf(reading, branch, own)) {
      for (const entry of batch) found.set(keyText(entry.key), entry);
    }
  }
  return (key) => found.get(keyText(key));
}

function entriesOf(reading: Reading, branch: Branch, keys: readonly Key[]): AsyncIterable<readonly Entry[]> {
  const names = [...new Set(keys.map(([, name = '']) => name))];
  switch (branch) {
    case 'topics':
      return liveTopics(reading, names);
    case 'groups':
      return liveGroups(reading, new Set(names));
    case 'configs':
      return liveConfigs(reading, keys);
    default:
      return known(READERS[branch].read(reading));
  }
}

async function* liveTopics(reading: Reading, names: readonly string[]): AsyncGenerator<readonly Entry[]> {
  const { access, signal } = reading;
  yield* topicEntries(reading, await access.client.describeTopics(names, { signal }));
}

async function* liveGroups(reading: Reading, ids: ReadonlySet<string>): AsyncGenerator<readonly Entry[]> {
  const { access, signal } = reading;
  const groups = await access.client.listGroups({ signal });
  yield* groupEntries(
    reading,
    groups.filter(({ id }) => ids.has(id)),
  );
}

async function* liveConfigs(
  { access, signal }: Reading,
  keys: readonly Key[],
): AsyncGenerator<readonly Entry[]> {
  const resources = keys.map(configOfKey).filter((resource) => resource !== undefined);
  const entries: Entry[] = [];
  for (const found of await access.client.describeConfigs(resources, { signal })) {
    // Its broker has gone since, or is down: only it tells its configs.
    if (isKafkaError(found, 'BROKER_ID_NOT_REGISTERED', 'BROKER_NOT_AVAILABLE', 'Unreachable')) continue;
    if (isKafkaError(found)) throw found;
    const entry = configEntry(found);
    if (entry !== undefined) entries.push(entry);
  }
  yield entries;
}

/** A kind that the cluster does not know has no entries. */
async function* known(batches: AsyncIterable<readonly Entry[]>): AsyncGenerator<readonly Entry[]> {
  try {
    yield* batches;
  } catch (error) {
    if (!isUnknownKind(error)) throw error;
  }
}
