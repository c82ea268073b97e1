import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificates } from './certificates.ts';

/** The releases that tests run against, and the exact version behind each. */
export const zooKeeperVersions = { '3.9': '3.9.4', '3.6': '3.6.4', '3.5': '3.5.10' } as const;

export type ZooKeeperVersion = keyof typeof zooKeeperVersions;

/** How a secure port treats clients' certificates, and which certificate the server shows. */
export interface TlsOptions {
  readonly certificates?: Certificates;
  /** Default `want`: a client certificate is checked when there is one. */
  readonly clientAuth?: 'none' | 'want' | 'need';
  /** The server shows its expired certificate. */
  readonly expired?: boolean;
}

/** What a test may ask of a ZooKeeper server; everything is optional. */
export interface ZooKeeperOptions {
  /** Default 3.9. */
  readonly version?: ZooKeeperVersion;
  /** Adds a TLS port beside the plain one (both are then served by Netty). */
  readonly tls?: boolean | TlsOptions;
  /** Adds SASL DIGEST-MD5; the accounts are on the server's `sasl`. */
  readonly sasl?: boolean;
  /** Lets digest auth `super:<this password>` pass every ACL. */
  readonly superPassword?: string;
  /** jute.maxbuffer in bytes; default is ZooKeeper's own (1,048,575). */
  readonly maxBuffer?: number;
  /** An existing data folder to start from; it is left in place afterwards. Default: a fresh one, removed. */
  readonly dataDir?: string;
  /** Serves HTTP commands on `adminPort`. */
  readonly admin?: boolean;
  /** Java heap in MB; default 256. */
  readonly heapMb?: number;
  /** Further `-Dname=value` system properties. */
  readonly properties?: Readonly<Record<string, string>>;
}

interface Listener {
  readonly port: number;
}

/** An ensemble as each of its members' configuration names it. */
export interface EnsemblePlace {
  readonly id: number;
  readonly members: readonly {
    readonly id: number;
    readonly peer: Listener;
    readonly election: Listener;
  }[];
}

/** The ports of one server. */
export interface ZooKeeperPorts {
  readonly client: number;
  readonly secure?: number;
  readonly admin?: number;
}

/** SASL accounts that `sasl: true` brings. */
export const saslAccount = { username: 'backup', password: 'backup-secret' } as const;

/** Everything one server's files and command line are made from. */
export interface Configuration {
  readonly folder: string;
  readonly dataDir: string;
  readonly ports: ZooKeeperPorts;
  readonly options: ZooKeeperOptions;
  readonly tls?: TlsOptions & { readonly certificates: Certificates };
  readonly place?: EnsemblePlace;
}

/** Writes zoo.cfg, myid, keystore and JAAS file into the folder; returns the path of zoo.cfg. */
export function writeConfiguration(configuration: Configuration): string {
  const { folder, dataDir, options, place } = configuration;
  mkdirSync(dataDir, { recursive: true });
  if (place) writeFileSync(join(dataDir, 'myid'), `${place.id}\n`);
  if (options.sasl) writeFileSync(join(folder, 'jaas.conf'), jaas());
  const lines = [...common(configuration), ...ensemble(place), ...security(configuration)];
  const file = join(folder, 'zoo.cfg');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

function common({ dataDir, ports, options }: Configuration): string[] {
  return [
    'tickTime=500',
    // Whatever the tick, clients get the session time-out they ask for.
    'minSessionTimeout=1000',
    'maxSessionTimeout=60000',
    `dataDir=${dataDir}`,
    `clientPort=${ports.client}`,
    'clientPortAddress=127.0.0.1',
    'maxClientCnxns=0',
    '4lw.commands.whitelist=*',
    `admin.enableServer=${options.admin === true}`,
    ...(ports.admin ? ['admin.serverAddress=127.0.0.1', `admin.serverPort=${ports.admin}`] : []),
    ...(ports.admin ? ['admin.snapshot.intervalInMS=0', 'admin.restore.intervalInMS=0'] : []),
  ];
}

function ensemble(place: EnsemblePlace | undefined): string[] {
  if (!place) return [];
  const members = place.members.map(
    ({ id, peer, election }) => `server.${id}=127.0.0.1:${peer.port}:${election.port}`,
  );
  return ['initLimit=40', 'syncLimit=20', ...members];
}

function security({ folder, ports, options, tls }: Configuration): string[] {
  const lines: string[] = [];
  if (tls && ports.secure) {
    const { certificate, key } = tls.expired ? tls.certificates.expiredServer : tls.certificates.server;
    writeFileSync(join(folder, 'keystore.pem'), key + certificate);
    writeFileSync(join(folder, 'truststore.pem'), tls.certificates.ca);
    lines.push(
      'serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory',
      `secureClientPort=${ports.secure}`,
      'secureClientPortAddress=127.0.0.1',
      `ssl.keyStore.location=${join(folder, 'keystore.pem')}`,
      'ssl.keyStore.type=PEM',
      `ssl.trustStore.location=${join(folder, 'truststore.pem')}`,
      'ssl.trustStore.type=PEM',
      `ssl.clientAuth=${tls.clientAuth ?? 'want'}`,
    );
  }
  if (options.sasl) lines.push('authProvider.1=org.apache.zookeeper.server.auth.SASLAuthenticationProvider');
  return lines;
}

function jaas(): string {
  const { username, password } = saslAccount;
  return `Server {
  org.apache.zookeeper.server.auth.DigestLoginModule required
  user_${username}="${password}";
};
`;
}

/** The arguments of `java` for a server of these jars and configuration. */
export function javaArguments(jars: string, { folder, options }: Configuration, file: string): string[] {
  const properties: Record<string, string> = {
    'zookeeper.extendedTypesEnabled': 'true',
    // The data is thrown away: only a power cut, not a killed server, could lose what was not synced.
    'zookeeper.forceSync': 'no',
    'zookeeper.jmx.log4j.disable': 'true',
    'org.slf4j.simpleLogger.defaultLogLevel': 'warn',
    'java.awt.headless': 'true',
    ...(options.maxBuffer && { 'jute.maxbuffer': String(options.maxBuffer) }),
    ...(options.sasl && { 'java.security.auth.login.config': join(folder, 'jaas.conf') }),
    ...(options.superPassword && {
      'zookeeper.DigestAuthenticationProvider.superDigest': digest(options.superPassword),
    }),
    ...options.properties,
  };
  return [
    `-Xmx${options.heapMb ?? 256}m`,
    '-XX:+UseSerialGC',
    '-Xshare:auto',
    ...Object.entries(properties).map(([name, value]) => `-D${name}=${value}`),
    '-cp',
    join(jars, '*'),
    'org.apache.zookeeper.server.quorum.QuorumPeerMain',
    file,
  ];
}

/** ZooKeeper's digest identity of the super user: `super:base64(sha1("super:password"))`. */
function digest(password: string): string {
  return `super:${createHash('sha1').update(`super:${password}`).digest('base64')}`;
}
