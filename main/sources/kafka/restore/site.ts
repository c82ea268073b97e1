import type {
  BrokerDescription,
  ConfigResourceType,
  FeaturesDescription,
  KafkaClient,
  TopicDescription,
} from '../../../protocols/kafka/index.ts';
import type { PointView } from '../../contract.ts';
import type { KafkaAccess } from '../access.ts';
import { BROKER, brokerContent } from '../content.ts';
import { isDenied, isUnknownKind } from '../faults.ts';
import { type Broker, replacements } from './broker-table.ts';
import { type OwnAccount, ownAccount } from './own-account.ts';

/** What a restore has to know of the cluster that it restores into. */
export interface Site {
  /** The point came from this very cluster. */
  readonly same: boolean;
  /** Brokers that are up, by id. */
  readonly brokers: readonly BrokerDescription[];
  /** Ids that replicas may have: of brokers that are up, and of those that hold replicas and are down. */
  readonly known: ReadonlySet<number>;
  /** For each broker of the point that is not here: those that take its place. */
  readonly replaced: ReadonlyMap<number, readonly Broker[]>;
  /** Brokers of the point, where it recorded them. */
  readonly recorded: readonly Broker[];
  readonly features: FeaturesDescription;
  /** The configs that topics can have; undefined where the cluster does not tell. */
  readonly topicConfigs: ReadonlySet<string> | undefined;
  /** What can have configs here. */
  readonly configTypes: ReadonlySet<ConfigResourceType>;
  readonly own: OwnAccount;
  /** The restore can write what checks the passwords of SCRAM users. */
  readonly writesVerifiers: boolean;
}

/** Looks at the cluster once. @throws KafkaError */
export async function readSite(
  access: KafkaAccess,
  view: PointView,
  topics: Promise<readonly TopicDescription[]>,
  signal: AbortSignal | undefined,
): Promise<Site> {
  const { client, options, verifiers } = access;
  const [{ clusterId, brokers }, features, topicConfigs, configTypes, recorded] = await Promise.all([
    client.describeCluster({ signal }),
    client.describeFeatures({ signal }),
    client.topicConfigNames({ signal }),
    knownConfigTypes(client, signal),
    recordedBrokers(view, signal),
  ]);
  const known = new Set(brokers.map(({ id }) => id));
  for (const { partitions } of await topics) {
    for (const { replicas } of partitions) for (const id of replicas) known.add(id);
  }
  return {
    same: view.position.clusterId === clusterId,
    brokers,
    known,
    replaced: replacements(
      recorded.filter(({ id }) => !known.has(id)),
      brokers,
      new Set(recorded.map(({ id }) => id)),
    ),
    recorded,
    features,
    topicConfigs,
    configTypes,
    own: ownAccount(options),
    writesVerifiers: verifiers !== undefined,
  };
}

/** Brokers and topics always can; the younger types where the cluster can list those that do. */
async function knownConfigTypes(
  client: KafkaClient,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<ConfigResourceType>> {
  const types = new Set<ConfigResourceType>(['topic', 'broker']);
  for (const type of ['client-metrics', 'group'] as const) {
    try {
      await client.listConfigResources(type, { signal });
      types.add(type);
    } catch (error) {
      if (isDenied(error)) types.add(type);
      else if (!isUnknownKind(error)) throw error;
    }
  }
  return types;
}

async function recordedBrokers(view: PointView, signal: AbortSignal | undefined): Promise<readonly Broker[]> {
  const brokers: Broker[] = [];
  for await (const batch of view.entries(['brokers'], signal)) {
    for (const entry of batch) {
      if (entry.kind === BROKER) brokers.push({ id: Number(entry.key[1]), rack: brokerContent(entry).rack });
    }
  }
  return brokers.sort((a, b) => a.id - b.id);
}
