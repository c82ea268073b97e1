import type { ClientTls } from '../servers/zookeeper.ts';
import { type JavaRun, runJava, startJava } from './java.ts';

/** Where to connect and how, for example a `KafkaCluster`. */
export interface KafkaTarget {
  readonly bootstrap: {
    readonly plain: string;
    readonly tls?: string | undefined;
    readonly sasl?: string | undefined;
    readonly saslTls?: string | undefined;
  };
  readonly tls?: ClientTls | undefined;
}

/** Which listener to come by, and as whom. Default: the plain one, as nobody. */
export interface KafkaAccess {
  readonly listener?: 'plain' | 'tls' | 'sasl' | 'saslTls';
  readonly login?: KafkaLogin;
  /** Kills the client that is at work. */
  readonly signal?: AbortSignal;
}

export interface KafkaLogin {
  readonly username: string;
  readonly password: string;
  /** Default PLAIN. */
  readonly mechanism?: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
}

/** A cluster as Java's AdminClient tells it, everything in a fixed order. */
export interface KafkaState {
  readonly clusterId: string;
  readonly brokers: readonly { id: number; host: string; port: number; rack: string | null }[];
  readonly topics: readonly JavaTopic[];
  readonly groups: readonly JavaGroup[];
  readonly configs: Readonly<
    Record<'broker' | 'clientMetrics' | 'group', Readonly<Record<string, JavaConfig>>>
  >;
  /** Resource type, pattern type, name, principal, host, operation, permission; null without an authorizer. */
  readonly acls: readonly (readonly string[])[] | null;
  readonly quotas: readonly {
    /** A null name is the default. */
    readonly entity: Readonly<Record<string, string | null>>;
    readonly values: Readonly<Record<string, number>>;
  }[];
  /** Name, SCRAM mechanism, iterations. */
  readonly users: readonly (readonly [string, string, number])[];
  readonly features: Readonly<Record<string, number>>;
}

/** Only what was set, no defaults; a sensitive value is null. */
type JavaConfig = Readonly<Record<string, string | null>>;

export interface JavaTopic {
  readonly name: string;
  readonly id: string;
  readonly internal: boolean;
  /** By partition, the preferred leader first. */
  readonly replicas: readonly (readonly number[])[];
  readonly configs: JavaConfig;
  /** By partition: where the log starts and ends; -1 without a leader. */
  readonly log: readonly (readonly [number, number])[];
}

export interface JavaGroup {
  readonly id: string;
  readonly type: string | null;
  readonly protocolType: string;
  readonly state: string | null;
  /** By topic: partition, offset, metadata. */
  readonly offsets: Readonly<Record<string, readonly (readonly [number, number, string])[]>>;
}

/** What to build; the same plan on the same brokers builds the same state (topic ids and salts aside). */
export interface KafkaFill {
  readonly seed?: number;
  /** Default 40. */
  readonly topics?: number;
  /** Most partitions of a topic (default 6), or with `evenly` of each. */
  readonly partitions?: number;
  readonly evenly?: boolean;
  /** Most records of a partition; default 10. With 0 the groups' offsets are any numbers, beyond the logs. */
  readonly records?: number;
  /** Default 20. */
  readonly groups?: number;
  /** Default 40; none are made where there is no authorizer. */
  readonly acls?: number;
  /** SCRAM users, default 7. */
  readonly users?: number;
  /** Quotas of every kind, configs of brokers, on 4.x of client metrics and groups; default true. */
  readonly settings?: boolean;
}

const fillDefaults = {
  seed: 1,
  topics: 40,
  partitions: 6,
  evenly: false,
  records: 10,
  groups: 20,
  acls: 40,
  users: 7,
  settings: true,
} as const satisfies Required<KafkaFill>;

/** How many of each were made. */
interface KafkaFilled {
  readonly topics: number;
  readonly groups: number;
  readonly acls: number;
  readonly users: number;
}

/** Builds a rich state by Java's AdminClient: names, assignments, configs, offsets, rules of every kind. */
export async function fillKafka(
  target: KafkaTarget,
  fill: KafkaFill = {},
  access: KafkaAccess = {},
): Promise<KafkaFilled> {
  const plan = JSON.stringify({ ...fillDefaults, ...fill });
  return await answer<KafkaFilled>(run(target, access, 'KafkaFill', plan));
}

/** The whole cluster as Java's AdminClient sees it. */
export async function describeKafka(target: KafkaTarget, access: KafkaAccess = {}): Promise<KafkaState> {
  return await answer<KafkaState>(run(target, access, 'KafkaDescribe'));
}

/**
 * Removes topics (internal ones stay), groups, ACLs, quotas, SCRAM users other than `keptUsers`, and what was set
 * at run time on brokers, client metrics and groups. Resolves when no broker that was asked lists a topic any more.
 */
export async function wipeKafka(
  target: KafkaTarget,
  {
    keptUsers = ['admin', 'backup'],
    ...access
  }: KafkaAccess & { readonly keptUsers?: readonly string[] } = {},
): Promise<void> {
  await runJava(run(target, access, 'KafkaWipe', ...keptUsers));
}

/** Sends records "0", "1" … to the topic, over its partitions in turn; returns how many each partition took. */
export async function produceRecords(
  target: KafkaTarget,
  topic: string,
  count: number,
  access: KafkaAccess = {},
): Promise<number[]> {
  return await answer<number[]>(run(target, access, 'KafkaRecords', 'produce', topic, `${count}`));
}

/**
 * Reads `count` records as the only member of the group, from where it stands or else from the start, commits, and
 * returns their values in order of text.
 */
export async function consumeRecords(
  target: KafkaTarget,
  { topic, group, count }: { readonly topic: string; readonly group: string; readonly count: number },
  access: KafkaAccess = {},
): Promise<string[]> {
  return await answer<string[]>(run(target, access, 'KafkaRecords', 'consume', topic, group, `${count}`));
}

/** Keeps a member in the group until disposed; `protocol` "consumer" is the new one of 4.x. */
export async function holdMember(
  target: KafkaTarget,
  {
    topic,
    group,
    protocol = 'classic',
  }: { readonly topic: string; readonly group: string; readonly protocol?: 'classic' | 'consumer' },
  access: KafkaAccess = {},
): Promise<AsyncDisposable> {
  const program = await startJava(run(target, access, 'KafkaRecords', 'hold', topic, group, protocol));
  const first = await program.lines[Symbol.asyncIterator]().next();
  if (first.done) throw new Error(`the member of group ${group} ended`);
  return { [Symbol.asyncDispose]: program.finish };
}

/** One pass over the whole cluster; `seconds` is wall time. */
export interface KafkaRound {
  readonly round: number;
  readonly topics: number;
  readonly groups: number;
  /** Committed ones, one for each group and partition. */
  readonly offsets: number;
  readonly acls: number;
  readonly seconds: number;
}

/**
 * Reads what a capture reads, by Java's AdminClient in as few and as concurrent calls as it allows, several times in
 * one JVM: the first rounds are cold. The cluster must have an authorizer and be of 4.1 or later.
 */
export async function benchReadKafka(target: KafkaTarget, rounds: number): Promise<KafkaRound[]> {
  return await runJava<KafkaRound>({ ...run(target, {}, 'KafkaRead', `${rounds}`), warm: true });
}

async function answer<T>(program: JavaRun): Promise<T> {
  const [line] = await runJava<T>(program);
  if (line === undefined) throw new Error(`${program.main} printed nothing`);
  return line;
}

function run(target: KafkaTarget, access: KafkaAccess, main: string, ...rest: string[]): JavaRun {
  const environment = { KAFKA_CLIENT: clientProperties(target, access) };
  const { signal } = access;
  return { client: 'kafka', main, arguments: rest, environment, ...(signal && { signal }) };
}

/** The text of a properties file for any of Kafka's own clients. */
export function clientProperties(
  { bootstrap, tls }: KafkaTarget,
  { listener = 'plain', login }: KafkaAccess = {},
): string {
  const servers = bootstrap[listener];
  if (servers === undefined) throw new Error(`the cluster has no listener ${listener}`);
  const protocol = { plain: 'PLAINTEXT', tls: 'SSL', sasl: 'SASL_PLAINTEXT', saslTls: 'SASL_SSL' }[listener];
  const properties: Record<string, string> = {
    'bootstrap.servers': servers,
    'security.protocol': protocol,
    ...(protocol.endsWith('SSL') && tls && tlsProperties(tls)),
    ...(protocol.startsWith('SASL') && login && saslProperties(login)),
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value.replaceAll('\n', '\\n')}\n`)
    .join('');
}

function tlsProperties({ ca, cert, key }: ClientTls): Record<string, string> {
  return {
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.certificates': ca,
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.certificate.chain': cert,
    'ssl.keystore.key': key,
  };
}

function saslProperties({ username, password, mechanism = 'PLAIN' }: KafkaLogin): Record<string, string> {
  const kind = mechanism === 'PLAIN' ? 'plain.PlainLoginModule' : 'scram.ScramLoginModule';
  return {
    'sasl.mechanism': mechanism,
    'sasl.jaas.config': `org.apache.kafka.common.security.${kind} required username="${username}" password="${password}";`,
  };
}
