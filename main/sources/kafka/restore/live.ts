import type { Entry } from '../../../../shared/model/entry.ts';
import type { Key } from '../../../../shared/order/key.ts';
import { isKafkaError, type KafkaError } from '../../../protocols/kafka/index.ts';
import { configEntry } from '../entries.ts';
import { isUnknownKind } from '../faults.ts';
import { type Branch, configKey, configOfKey, keyText } from '../keys.ts';
import { READERS } from '../read/branches.ts';
import { groupEntries } from '../read/groups.ts';
import { topicEntries } from '../read/topics.ts';
import type { Reading } from '../reading.ts';

/** What is said of a broker that is down. Only it tells its configs. */
const AWAY = ['BROKER_ID_NOT_REGISTERED', 'BROKER_NOT_AVAILABLE', 'Unreachable'] as const;

/**
 * What stands at the given keys now: topics, groups and configs one by one, of the other
 * branches all there is.
 *
 * @param silent told of configs that nobody can tell: their broker is down
 * @throws KafkaError
 */
export async function readLive(
  reading: Reading,
  keys: readonly Key[],
  silent: Silent = () => {},
): Promise<(key: Key) => Entry | undefined> {
  const branches = Map.groupBy(keys, ([branch]) => branch as Branch);
  const found = new Map<string, Entry>();
  for (const [branch, own] of branches) {
    for await (const batch of entriesOf(reading, branch, own, silent)) {
      for (const entry of batch) found.set(keyText(entry.key), entry);
    }
  }
  return (key) => found.get(keyText(key));
}

type Silent = (key: Key, error: KafkaError) => void;

function entriesOf(
  reading: Reading,
  branch: Branch,
  keys: readonly Key[],
  silent: Silent,
): AsyncIterable<readonly Entry[]> {
  const names = [...new Set(keys.map(([, name = '']) => name))];
  switch (branch) {
    case 'topics':
      return liveTopics(reading, names);
    case 'groups':
      return liveGroups(reading, new Set(names));
    case 'configs':
      return liveConfigs(reading, keys, silent);
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
  silent: Silent,
): AsyncGenerator<readonly Entry[]> {
  const resources = keys.map(configOfKey).filter((resource) => resource !== undefined);
  const entries: Entry[] = [];
  for (const [i, found] of (await access.client.describeConfigs(resources, { signal })).entries()) {
    const resource = resources[i];
    if (resource !== undefined && isKafkaError(found, ...AWAY)) silent(configKey(resource), found);
    else if (isKafkaError(found)) throw found;
    const entry = isKafkaError(found) ? undefined : configEntry(found);
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
