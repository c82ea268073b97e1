import type { Dial } from '../dialer.ts';
import type { KafkaError } from './errors.ts';

/** A broker as clients reach it. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

/** TLS towards the brokers. The certificate and its name are verified unless `verify` is false. */
export interface TlsOptions {
  /** PEM of the authorities to trust in place of the system's. */
  readonly ca?: string;
  /** PEM of the client's certificate chain, for mutual TLS. */
  readonly cert?: string;
  /** PEM of the client's private key. */
  readonly key?: string;
  /** Name to ask for and to check, where it differs from the host. */
  readonly serverName?: string;
  readonly verify?: boolean;
}

export interface SaslOptions {
  readonly mechanism: 'PLAIN' | ScramMechanism;
  readonly username: string;
  readonly password: string;
}

/** Limits on the load that is put on the cluster. */
export interface Pace {
  /** Makes one request on `objects` objects when the limits allow it. */
  run<T>(objects: number, signal: AbortSignal | undefined, request: () => Promise<T>): Promise<T>;
  /** The most objects for one request, up to `wished`. */
  batchSize(wished: number): number;
}

export interface ConnectOptions {
  /** Where to begin: any brokers of the cluster. */
  readonly bootstrap: readonly ServerAddress[];
  readonly clientId?: string;
  readonly tls?: TlsOptions;
  readonly sasl?: SaslOptions;
  /** Another way to the brokers than this machine's own network; TLS runs inside it. */
  readonly dial?: Dial;
  /** Bound for one broker: TCP, TLS, sign-in and versions. Default 10,000 ms. */
  readonly connectTimeoutMs?: number;
  /** Bound for one request, from sending to its reply. Default 30,000 ms. */
  readonly requestTimeoutMs?: number;
  /** How long a call is tried again while brokers, coordinators or leaders are missing. Default 60,000 ms. */
  readonly patienceMs?: number;
  /** Every request goes through it. Default: no limits. */
  readonly pace?: Pace;
  /** Uniform in [0, 1): order of brokers and jitter. Default `Math.random`. */
  readonly random?: () => number;
  readonly signal?: AbortSignal;
}

/** Accepted by every call: the caller stops waiting; a write that was sent is not taken back. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface WriteOptions extends CallOptions {
  /** The cluster only says whether it would. */
  readonly validateOnly?: boolean;
}

/** What became of one object of a request on many, in the request's order; undefined: done. */
export type Outcome = KafkaError | undefined;

export interface BrokerDescription extends ServerAddress {
  readonly id: number;
  readonly rack: string | null;
}

export interface ClusterDescription {
  readonly clusterId: string;
  /** -1 while there is none. In KRaft mode a broker that passes requests on to the controller. */
  readonly controllerId: number;
  /** By id. */
  readonly brokers: readonly BrokerDescription[];
}

export interface FeaturesDescription {
  /** Of the metadata that the broker has seen; -1 where the cluster has no finalized features. */
  readonly epoch: bigint;
  readonly finalized: readonly { readonly name: string; readonly level: number }[];
  readonly supported: readonly { readonly name: string; readonly min: number; readonly max: number }[];
}

export interface QuorumDescription {
  readonly leaderId: number;
  readonly leaderEpoch: number;
  /** Offset of the metadata log up to which everything is committed. */
  readonly highWatermark: bigint;
}

export interface PartitionDescription {
  /** -1: none. */
  readonly leader: number;
  readonly replicas: readonly number[];
}

export interface TopicDescription {
  readonly name: string;
  /** As Kafka writes it (base64url, 22 characters); null where the cluster has none. */
  readonly id: string | null;
  readonly internal: boolean;
  /** By partition number. */
  readonly partitions: readonly PartitionDescription[];
}

export interface NewTopic {
  readonly name: string;
  /** Broker ids of each partition's replicas, the preferred leader first. */
  readonly replicas: readonly (readonly number[])[];
  readonly configs: { readonly [name: string]: string | null };
}

export interface NewPartitions {
  readonly name: string;
  /** Partitions that the topic shall have then. */
  readonly total: number;
  /** Replicas of the added partitions alone; undefined: the cluster chooses. */
  readonly replicas?: readonly (readonly number[])[];
}

export type ConfigResourceType = 'topic' | 'broker' | 'client-metrics' | 'group';

export interface ConfigResource {
  readonly type: ConfigResourceType;
  /** Of a broker its id, empty for the default of all brokers. */
  readonly name: string;
}

/** Where a config's value comes from, by Kafka's numbers; any that this client does not know is `unknown`. */
export type ConfigSource =
  | 'unknown'
  | 'topic'
  | 'broker'
  | 'default-broker'
  | 'static-broker'
  | 'default'
  | 'broker-logger'
  | 'client-metrics'
  | 'group';

export interface ConfigValue {
  readonly name: string;
  /** Null where it is sensitive, or set to null. */
  readonly value: string | null;
  readonly source: ConfigSource;
  readonly sensitive: boolean;
  readonly readOnly: boolean;
}

export interface ConfigDescription {
  readonly resource: ConfigResource;
  readonly values: readonly ConfigValue[];
}

export interface ConfigChange {
  readonly resource: ConfigResource;
  /** Null takes the setting away. */
  readonly values: { readonly [name: string]: string | null };
}

/** `classic`, `consumer`, `share`, `streams`, or what a newer cluster calls it. */
export type GroupType = string;

export interface GroupListing {
  readonly id: string;
  readonly type: GroupType;
  /** `consumer`, `connect`…; empty for a group that only has offsets. */
  readonly protocolType: string;
  readonly state: string;
}

export interface GroupMember {
  readonly memberId: string;
  readonly clientId: string;
  readonly host: string;
}

export interface GroupDescription {
  readonly id: string;
  readonly state: string;
  readonly members: readonly GroupMember[];
}

export interface CommittedOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly metadata: string | null;
}

export interface GroupOffsets {
  readonly group: string;
  /** Only partitions that have one. */
  readonly offsets: readonly CommittedOffset[];
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** Words as in Kafka's own `AclBinding`: `TOPIC`, `LITERAL`, `READ`, `ALLOW`. A number this client has no word for stands as it is. */
export interface AclBinding {
  readonly resourceType: string;
  readonly patternType: string;
  readonly resourceName: string;
  readonly principal: string;
  readonly host: string;
  readonly operation: string;
  readonly permission: string;
}

export type ScramMechanism = 'SCRAM-SHA-256' | 'SCRAM-SHA-512';

export interface ScramCredential {
  readonly user: string;
  readonly mechanism: ScramMechanism;
  readonly iterations: number;
}

/** All users of SCRAM, but for those whose credentials the cluster cannot make out, by name. */
export interface ScramDescription {
  readonly credentials: readonly ScramCredential[];
  readonly untold: ReadonlyMap<string, KafkaError>;
}

export type ScramChange =
  | {
      readonly action: 'set';
      readonly user: string;
      readonly mechanism: ScramMechanism;
      readonly iterations: number;
      readonly password: string;
    }
  | { readonly action: 'delete'; readonly user: string; readonly mechanism: ScramMechanism };

/** Null: the default entity of that type. Absent: the type plays no part. */
export interface QuotaEntity {
  readonly user?: string | null | undefined;
  readonly clientId?: string | null | undefined;
  readonly ip?: string | null | undefined;
}

export interface QuotaDescription {
  readonly entity: QuotaEntity;
  readonly values: { readonly [name: string]: number };
}

export interface QuotaChange {
  readonly entity: QuotaEntity;
  /** Null takes the limit away. */
  readonly values: { readonly [name: string]: number | null };
}

export interface FeatureUpdate {
  readonly name: string;
  /** 0 takes the feature away. */
  readonly level: number;
  readonly allow: 'upgrade' | 'safe-downgrade' | 'unsafe-downgrade';
}

/** One record as bytes; no headers. */
export interface TryRecord {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/**
 * All that Holdfast asks of a Kafka cluster. Calls on many objects cut them into requests, route them to the
 * brokers that answer for them (leaders, coordinators, the controller) and keep several under way. A read is made
 * again while its broker, leader or coordinator is missing, up to the client's patience. A write that was sent and
 * not answered is not made again: its error says `outcomeUnknown`.
 *
 * Reads that concern one object kind throw KafkaError with the protocol's code, e.g. `CLUSTER_AUTHORIZATION_FAILED`;
 * `Unsupported` where no broker knows the request. Writes return an outcome per object.
 */
export interface KafkaClient {
  describeCluster(options?: CallOptions): Promise<ClusterDescription>;
  /**
   * The release that a broker runs, as far as its protocol gives it away: `4.3`, `3.1–3.4`. Brokers don't tell their
   * version. Null for one that is older than 2.8.
   */
  release(options?: CallOptions): Promise<string | null>;
  /** What the account may do on the cluster itself, by the words of `AclBinding`; undefined where it is not told. */
  clusterOperations(options?: CallOptions): Promise<readonly string[] | undefined>;
  describeFeatures(options?: CallOptions): Promise<FeaturesDescription>;
  /** Undefined in ZooKeeper mode. */
  describeQuorum(options?: CallOptions): Promise<QuorumDescription | undefined>;
  updateFeatures(updates: readonly FeatureUpdate[], options?: WriteOptions): Promise<readonly Outcome[]>;

  /**
   * Whether lists of topics and groups hold all there are: brokers leave out silently what the account may not
   * describe. Told by asking for names that nothing has.
   */
  seesEverything(options?: CallOptions): Promise<{ readonly topics: boolean; readonly groups: boolean }>;

  /** Those of the names that the account may not describe, with the refusal; that says nothing of whether they exist. */
  refused(
    listed: 'topics' | 'groups',
    names: readonly string[],
    options?: CallOptions,
  ): Promise<ReadonlyMap<string, KafkaError>>;

  /** All topics, internal ones too, or those of the given names that exist; by name in UTF-8 order. */
  describeTopics(
    names?: readonly string[],
    /** `broker`: named topics as this one knows them now; without patience. */
    options?: CallOptions & { readonly broker?: number | undefined },
  ): Promise<readonly TopicDescription[]>;
  /** Names of the configs that topics can have on this cluster; undefined where it does not tell the account. */
  topicConfigNames(options?: CallOptions): Promise<ReadonlySet<string> | undefined>;
  /** Returns when the controller has them; brokers may learn of them a little later. */
  createTopics(topics: readonly NewTopic[], options?: WriteOptions): Promise<readonly Outcome[]>;
  createPartitions(additions: readonly NewPartitions[], options?: WriteOptions): Promise<readonly Outcome[]>;
  deleteTopics(names: readonly string[], options?: CallOptions): Promise<readonly Outcome[]>;

  /** In the order asked for; an error stands in the place of what could not be read. */
  describeConfigs(
    resources: readonly ConfigResource[],
    options?: CallOptions,
  ): Promise<readonly (ConfigDescription | KafkaError)[]>;
  /** Names of the client metrics subscriptions or groups that have configs; `Unsupported` before 3.7 and 4.1. */
  listConfigResources(
    type: 'client-metrics' | 'group',
    options?: CallOptions,
  ): Promise<readonly ConfigResource[]>;
  incrementalAlterConfigs(
    changes: readonly ConfigChange[],
    options?: WriteOptions,
  ): Promise<readonly Outcome[]>;

  /** Of all brokers, by id in UTF-8 order. */
  listGroups(options?: CallOptions): Promise<readonly GroupListing[]>;
  describeGroups(
    groups: readonly Pick<GroupListing, 'id' | 'type'>[],
    options?: CallOptions,
  ): Promise<readonly (GroupDescription | KafkaError)[]>;
  deleteGroups(ids: readonly string[], options?: CallOptions): Promise<readonly Outcome[]>;
  /** In the order asked for. Of share groups: where their partitions start. */
  fetchOffsets(
    groups: readonly Pick<GroupListing, 'id' | 'type'>[],
    options?: CallOptions,
  ): Promise<readonly (GroupOffsets | KafkaError)[]>;
  /** As a client outside the group: refused while the group has members. Outcomes in the order of `offsets`. */
  commitOffsets(
    group: Pick<GroupListing, 'id' | 'type'>,
    offsets: readonly CommittedOffset[],
    options?: CallOptions,
  ): Promise<readonly Outcome[]>;
  deleteOffsets(
    group: Pick<GroupListing, 'id' | 'type'>,
    partitions: readonly TopicPartition[],
    options?: CallOptions,
  ): Promise<readonly Outcome[]>;
  /** Start or end of logs, in the order asked for. */
  listOffsets(
    partitions: readonly TopicPartition[],
    at: 'earliest' | 'latest',
    /** `known` spares the look for the leaders. */
    options?: CallOptions & { readonly known?: readonly TopicDescription[] | undefined },
  ): Promise<readonly (bigint | KafkaError)[]>;

  /** Throws `SECURITY_DISABLED` where no authorizer is configured. */
  describeAcls(options?: CallOptions): Promise<readonly AclBinding[]>;
  createAcls(acls: readonly AclBinding[], options?: CallOptions): Promise<readonly Outcome[]>;
  /** Exactly these bindings; one that is not there counts as done. */
  deleteAcls(acls: readonly AclBinding[], options?: CallOptions): Promise<readonly Outcome[]>;

  describeScram(options?: CallOptions): Promise<ScramDescription>;
  alterScram(changes: readonly ScramChange[], options?: CallOptions): Promise<readonly Outcome[]>;
  describeQuotas(options?: CallOptions): Promise<readonly QuotaDescription[]>;
  alterQuotas(changes: readonly QuotaChange[], options?: WriteOptions): Promise<readonly Outcome[]>;

  /** Appends one record, acknowledged by all in-sync replicas; its offset. */
  produce(at: TopicPartition, record: TryRecord, options?: CallOptions): Promise<bigint>;
  /** The record at exactly this offset; undefined when the log has none there. */
  fetch(at: TopicPartition, offset: bigint, options?: CallOptions): Promise<TryRecord | undefined>;

  close(): Promise<void>;
}
