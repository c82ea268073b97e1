import type { Entry } from '../../../../shared/model/entry.ts';
import { compareKeys } from '../../../../shared/order/key.ts';
import { isKafkaError } from '../../../protocols/kafka/index.ts';
import { CONFIG } from '../content.ts';
import { aclEntry, brokerEntry, configEntry, featureEntry, quotaEntry } from '../entries.ts';
import { isUnknownKind } from '../faults.ts';
import { inRuns } from '../lookahead.ts';
import type { BranchReader, Reading } from '../reading.ts';

/*
 * The branches that are read with a request or two, whatever their size.
 */

const BATCH = 1000;

export const readAcls: BranchReader = async function* ({ access: { client }, signal }) {
  yield* batches((await client.describeAcls({ signal })).map(aclEntry));
};

export const readBrokers: BranchReader = async function* (reading) {
  yield* batches((await reading.brokers()).map(brokerEntry));
};

export const readFeatures: BranchReader = async function* ({ access: { client }, signal }) {
  const { finalized, supported } = await client.describeFeatures({ signal });
  yield* batches(finalized.map((feature) => featureEntry(feature, supported)));
};

export const readQuotas: BranchReader = async function* ({ access: { client }, signal }) {
  yield* batches((await client.describeQuotas({ signal })).map(quotaEntry));
};

/** Configs of the brokers, of all brokers, of client metrics subscriptions and of groups. */
export const readConfigs: BranchReader = async function* (reading) {
  const { access, signal, problem } = reading;
  const [brokers, subscriptions, groups] = await Promise.all([
    reading.brokers(),
    listed(reading, 'client-metrics'),
    listed(reading, 'group'),
  ]);
  const resources = [
    { type: 'broker', name: '' } as const,
    ...brokers.map(({ id }) => ({ type: 'broker', name: String(id) }) as const),
    ...subscriptions,
    ...groups,
  ];
  const entries: Entry[] = [];
  for (const [i, found] of (await access.client.describeConfigs(resources, { signal })).entries()) {
    const resource = resources[i];
    if (isKafkaError(found)) {
      const name = `${resource?.type} ${resource?.name === '' ? 'default' : resource?.name}`;
      problem({ branch: 'configs', kind: CONFIG, name, error: found });
      continue;
    }
    const entry = configEntry(found);
    if (entry !== undefined) entries.push(entry);
  }
  yield* batches(entries);
};

/** Nothing where brokers have no such configs, or cannot list them: group configs before 4.1. */
async function listed(
  reading: Reading,
  type: 'client-metrics' | 'group',
): Promise<readonly { readonly type: 'client-metrics' | 'group'; readonly name: string }[]> {
  const { access, signal, problem } = reading;
  try {
    const resources = await access.client.listConfigResources(type, { signal });
    return resources.map(({ name }) => ({ type, name }));
  } catch (error) {
    if (!isKafkaError(error)) throw error;
    reading.doubt(['configs', type]);
    if (!isUnknownKind(error))
      problem({ branch: 'configs', kind: CONFIG, name: `all of type ${type}`, error });
    return [];
  }
}

function* batches(entries: Entry[]): Generator<readonly Entry[]> {
  yield* inRuns(
    entries.sort((a, b) => compareKeys(a.key, b.key)),
    BATCH,
  );
}
