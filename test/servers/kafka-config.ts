import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type KafkaTls, type KafkaTlsOptions, tlsProperties } from './kafka-tls.ts';
import type { ZooKeeperServer } from './zookeeper.ts';

/** The releases that tests run against, and the exact version behind each. */
export const kafkaVersions = { '4.3': '4.3.1', '3.9': '3.9.2', '2.8': '2.8.2' } as const;

export type KafkaVersion = keyof typeof kafkaVersions;

/** What a test may ask of a Kafka cluster; everything is optional. */
export interface KafkaOptions {
  /** Default 4.3. */
  readonly version?: KafkaVersion;
  /** Default: what the version is known by, KRaft from 4.0 on and ZooKeeper before. 3.9 can do both. */
  readonly mode?: KafkaMode;
  /** Adds the TLS listener, and with `sasl` the one for SASL over TLS. */
  readonly tls?: boolean | KafkaTlsOptions;
  /** Adds the listener for SASL PLAIN, SCRAM-SHA-256 and SCRAM-SHA-512; who may log in stands in `kafkaAccounts`. */
  readonly sasl?: boolean;
  /** Turns ACLs on: nobody but the super users may do anything that no ACL allows. */
  readonly authorizer?: boolean;
  /** Default: who comes over the plain listener, the account `admin` and the client certificate's owner. */
  readonly superUsers?: readonly string[];
  /** Rack of each broker in turn, undefined for none. Default: a rack of its own for each, `rack-<id>`. */
  readonly racks?: readonly (string | undefined)[];
  /** Id of the first broker, the others count on from it. Default 1. */
  readonly firstId?: number;
  /** A ZooKeeper to use instead of a new one; it is left running. */
  readonly zookeeper?: ZooKeeperServer;
  /** Path in ZooKeeper below which the cluster lives, such as `/kafka`. Default: its root. */
  readonly chroot?: string;
  /** Java heap of a broker in MB; default 256. */
  readonly heapMb?: number;
  /** Lets Java optimise fully, which costs start time; for measurements. */
  readonly warm?: boolean;
  /** What the brokers tell clients to connect to. Default 127.0.0.1, where they listen in any case. */
  readonly advertisedHost?: string;
  /** Further lines of server.properties. */
  readonly properties?: Readonly<Record<string, string>>;
}

export type KafkaMode = 'kraft' | 'zookeeper';

/** Who may log in by SASL, each by PLAIN and by both SCRAM mechanisms. `backup` may do nothing without ACLs. */
export const kafkaAccounts = {
  admin: { username: 'admin', password: 'admin-secret' },
  backup: { username: 'backup', password: 'backup-secret' },
} as const;

/** Principal of whoever shows the test authority's client certificate. */
export const certificatePrincipal = 'User:CN=holdfast-client';

const defaultSuperUsers = ['User:ANONYMOUS', 'User:admin', certificatePrincipal];

/** The ports of one broker. */
export interface KafkaPorts {
  readonly plain: number;
  readonly tls?: number;
  readonly sasl?: number;
  readonly saslTls?: number;
  /** KRaft only. */
  readonly controller?: number;
}

/** Everything one broker's files and command line are made from. */
export interface BrokerConfiguration {
  readonly folder: string;
  readonly dataDir: string;
  readonly id: number;
  readonly rack: string | undefined;
  readonly ports: KafkaPorts;
  readonly options: KafkaOptions;
  readonly tls: KafkaTls | undefined;
  /** How many brokers the cluster has. */
  readonly size: number;
  /** Where the cluster's facts are kept: the KRaft voters, or ZooKeeper's connect string with chroot. */
  readonly quorum: { readonly voters: string } | { readonly connect: string };
}

const listenerNames: readonly [keyof KafkaPorts, string][] = [
  ['plain', 'PLAINTEXT'],
  ['tls', 'SSL'],
  ['sasl', 'SASL_PLAINTEXT'],
  ['saslTls', 'SASL_SSL'],
];

/** Writes server.properties and logging configuration into the folder; returns server.properties' path. */
export function writeConfiguration(broker: BrokerConfiguration): string {
  mkdirSync(broker.folder, { recursive: true });
  const properties: Record<string, string> = {
    ...quorum(broker),
    ...listeners(broker),
    ...security(broker),
    ...small(broker.size),
    'log.dirs': broker.dataDir,
    'auto.create.topics.enable': 'false',
    ...(broker.rack !== undefined && { 'broker.rack': broker.rack }),
    ...broker.options.properties,
  };
  writeLogging(broker.folder);
  const file = join(broker.folder, 'server.properties');
  writeFileSync(file, propertiesText(properties));
  return file;
}

function quorum({ id, quorum: place }: BrokerConfiguration): Record<string, string> {
  if ('connect' in place) {
    return {
      'broker.id': `${id}`,
      'zookeeper.connect': place.connect,
      'zookeeper.session.timeout.ms': '6000',
    };
  }
  return {
    'process.roles': 'broker,controller',
    'node.id': `${id}`,
    'controller.quorum.voters': place.voters,
    'controller.listener.names': 'CONTROLLER',
    // A killed broker is missed sooner than after the usual 9 s.
    'broker.session.timeout.ms': '6000',
    'broker.heartbeat.interval.ms': '500',
  };
}

function listeners({ ports, options }: BrokerConfiguration): Record<string, string> {
  const urlsAt = (host: string) =>
    listenerNames
      .filter(([kind]) => ports[kind] !== undefined)
      .map(([kind, name]) => `${name}://${host}:${ports[kind]}`);
  const urls = urlsAt('127.0.0.1');
  const all = ports.controller ? [...urls, `CONTROLLER://127.0.0.1:${ports.controller}`] : urls;
  const protocols = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'].map((name) => `${name}:${name}`);
  return {
    listeners: all.join(','),
    'advertised.listeners': urlsAt(options.advertisedHost ?? '127.0.0.1').join(','),
    'listener.security.protocol.map': [...protocols, 'CONTROLLER:PLAINTEXT'].join(','),
    'inter.broker.listener.name': 'PLAINTEXT',
  };
}

function security({ options, tls, quorum: place }: BrokerConfiguration): Record<string, string> {
  return {
    ...(tls && tlsProperties(tls)),
    ...(options.sasl && saslProperties()),
    ...(options.authorizer && {
      'authorizer.class.name':
        'voters' in place
          ? 'org.apache.kafka.metadata.authorizer.StandardAuthorizer'
          : 'kafka.security.authorizer.AclAuthorizer',
      'super.users': (options.superUsers ?? defaultSuperUsers).join(';'),
    }),
  };
}

function saslProperties(): Record<string, string> {
  const users = Object.values(kafkaAccounts).map(
    ({ username, password }) => `user_${username}="${password}"`,
  );
  const plain = `org.apache.kafka.common.security.plain.PlainLoginModule required ${users.join(' ')};`;
  const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
  const properties: Record<string, string> = {
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
  };
  for (const listener of ['sasl_plaintext', 'sasl_ssl']) {
    properties[`listener.name.${listener}.plain.sasl.jaas.config`] = plain;
    properties[`listener.name.${listener}.scram-sha-256.sasl.jaas.config`] = scram;
    properties[`listener.name.${listener}.scram-sha-512.sasl.jaas.config`] = scram;
  }
  return properties;
}

/** What a broker for tests can do with less of, and internal topics that so few brokers can hold. */
function small(size: number): Record<string, string> {
  const replicas = `${Math.min(3, size)}`;
  return {
    'num.network.threads': '2',
    'num.io.threads': '2',
    'background.threads': '2',
    'log.cleaner.dedupe.buffer.size': '4194304',
    'group.initial.rebalance.delay.ms': '0',
    'offsets.topic.num.partitions': '10',
    'offsets.topic.replication.factor': replicas,
    'transaction.state.log.num.partitions': '5',
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': '1',
    'share.coordinator.state.topic.num.partitions': '5',
    'share.coordinator.state.topic.replication.factor': replicas,
    'share.coordinator.state.topic.min.isr': '1',
  };
}

/** Logging of both kinds: up to 3.9 Kafka comes with log4j 1 or its successor reload4j, from 4.0 on with log4j 2. */
function writeLogging(folder: string): void {
  const pattern = '[%d] %p %m (%c)%n';
  writeFileSync(
    join(folder, 'log4j.properties'),
    propertiesText({
      'log4j.rootLogger': 'WARN, out',
      'log4j.appender.out': 'org.apache.log4j.ConsoleAppender',
      'log4j.appender.out.layout': 'org.apache.log4j.PatternLayout',
      'log4j.appender.out.layout.ConversionPattern': pattern,
    }),
  );
  writeFileSync(
    join(folder, 'log4j2.properties'),
    propertiesText({
      'appender.out.type': 'Console',
      'appender.out.name': 'out',
      'appender.out.layout.type': 'PatternLayout',
      'appender.out.layout.pattern': pattern,
      'rootLogger.level': 'warn',
      'rootLogger.appenderRef.out.ref': 'out',
    }),
  );
}

function propertiesText(properties: Readonly<Record<string, string>>): string {
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** The arguments of `java` for a broker of these jars and configuration. */
export function brokerArguments(
  jars: string,
  { folder, options }: BrokerConfiguration,
  file: string,
): string[] {
  const heap = options.heapMb ?? 256;
  return [
    ...virtualMachine(heap),
    ...(options.warm ? [] : ['-XX:TieredStopAtLevel=1']),
    ...logging(folder),
    '-cp',
    join(jars, '*'),
    'kafka.Kafka',
    file,
  ];
}

/** The arguments of `java` for one of Kafka's own tools of these jars, to be run beside a broker of `folder`. */
export function toolArguments(
  jars: string,
  folder: string,
  main: string,
  ...rest: readonly string[]
): string[] {
  return [
    ...virtualMachine(128),
    '-XX:TieredStopAtLevel=1',
    ...logging(folder),
    '-cp',
    join(jars, '*'),
    main,
    ...rest,
  ];
}

function virtualMachine(heapMb: number): string[] {
  return [`-Xmx${heapMb}m`, '-XX:+UseSerialGC', '-Xshare:auto', '-Djava.awt.headless=true'];
}

function logging(folder: string): string[] {
  return [
    `-Dlog4j.configuration=file:${join(folder, 'log4j.properties')}`,
    `-Dlog4j2.configurationFile=${join(folder, 'log4j2.properties')}`,
  ];
}
