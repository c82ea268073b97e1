import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type Certificates, createCertificates } from './certificates.ts';
import { until } from './condition.ts';
import { jarsOf } from './maven.ts';
import { type ReservedPort, reservePort } from './ports.ts';
import { removeWorkFolder, type ServerProcess, startProcess, workFolder } from './processes.ts';
import {
  type Configuration,
  type EnsemblePlace,
  javaArguments,
  saslAccount,
  type TlsOptions,
  writeConfiguration,
  type ZooKeeperOptions,
  type ZooKeeperVersion,
} from './zookeeper-config.ts';

export type { ZooKeeperOptions, ZooKeeperVersion } from './zookeeper-config.ts';

/** What a TLS client of the server needs, as PEM text. */
export interface ClientTls {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** A real ZooKeeper server on loopback. It and its temporary files are gone when this process ends. */
export interface ZooKeeperServer extends AsyncDisposable {
  readonly version: ZooKeeperVersion;
  readonly host: '127.0.0.1';
  /** The same after every restart. */
  readonly port: number;
  /** `host:port` of the plain port. */
  readonly connectString: string;
  readonly securePort: number | undefined;
  readonly adminPort: number | undefined;
  /** The process id; another one after a restart. */
  readonly pid: number;
  readonly dataDir: string;
  readonly tls: ClientTls | undefined;
  /** All certificates of the server's authority, expired ones too. */
  readonly certificates: Certificates | undefined;
  readonly sasl: { readonly username: string; readonly password: string } | undefined;
  /** Ends the server in good order (SIGTERM); its data stays for a restart. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again on the same ports and data, stopping it first if it runs; resolves when it serves. */
  restart(): Promise<void>;
  /** SIGSTOP: connections stay open and nothing answers. */
  pause(): void;
  /** SIGCONT. */
  resume(): void;
  /** A four letter word's answer, such as `srvr` or `mntr`. */
  ask(word: string): Promise<string>;
  /** What the server printed so far. */
  log(): string;
}

/** Starts a standalone server; resolves when it answers requests. The first call downloads it through Maven. */
export async function startZooKeeper(options: ZooKeeperOptions = {}): Promise<ZooKeeperServer> {
  const server = await prepare(options);
  await server.restart();
  return server;
}

/** Starts an ensemble; resolves when all members serve. Members are numbered from 1 in the order returned. */
export async function startEnsemble(size = 3, options: ZooKeeperOptions = {}): Promise<ZooKeeperServer[]> {
  const members = await Promise.all(
    Array.from({ length: size }, async (_, index) => {
      const [peer, election] = await Promise.all([reservePort(), reservePort()]);
      return { id: index + 1, peer, election };
    }),
  );
  const servers = await Promise.all(
    members.map(async ({ id, peer, election }) => await prepare(options, { id, members }, [peer, election])),
  );
  await Promise.all(servers.map(async (server) => await server.restart()));
  return servers;
}

async function prepare(
  options: ZooKeeperOptions,
  place?: EnsemblePlace,
  peerPorts: readonly ReservedPort[] = [],
): Promise<RunningZooKeeper> {
  const jars = await jarsOf(`zookeeper-${options.version ?? '3.9'}`);
  const folder = workFolder('zookeeper');
  const tls = options.tls
    ? await withCertificates(options.tls === true ? {} : options.tls, folder)
    : undefined;
  const [client, secure, admin] = await Promise.all([
    reservePort(),
    tls && reservePort(),
    options.admin ? reservePort() : undefined,
  ]);
  const configuration: Configuration = {
    folder,
    dataDir: options.dataDir ?? join(folder, 'data'),
    ports: {
      client: client.port,
      ...(secure && { secure: secure.port }),
      ...(admin && { admin: admin.port }),
    },
    options,
    ...(tls && { tls }),
    ...(place && { place }),
  };
  const reserved = [client, secure, admin, ...peerPorts].filter((port) => port !== undefined);
  return new RunningZooKeeper(configuration, jars, reserved);
}

async function withCertificates(
  tls: TlsOptions,
  folder: string,
): Promise<TlsOptions & { certificates: Certificates }> {
  const certificates =
    tls.certificates ?? (await createCertificates(await mkdtemp(join(folder, 'certificates-'))));
  return { ...tls, certificates };
}

class RunningZooKeeper implements ZooKeeperServer {
  readonly host = '127.0.0.1';
  readonly #configuration: Configuration;
  readonly #reserved: readonly ReservedPort[];
  readonly #arguments: string[];
  readonly #logFile: string;
  #process: ServerProcess | undefined;

  constructor(configuration: Configuration, jars: string, reserved: readonly ReservedPort[]) {
    this.#configuration = configuration;
    this.#reserved = reserved;
    this.#arguments = javaArguments(jars, configuration, writeConfiguration(configuration));
    this.#logFile = join(configuration.folder, 'server.log');
  }

  get version(): ZooKeeperVersion {
    return this.#configuration.options.version ?? '3.9';
  }

  get port(): number {
    return this.#configuration.ports.client;
  }

  get connectString(): string {
    return `${this.host}:${this.port}`;
  }

  get securePort(): number | undefined {
    return this.#configuration.ports.secure;
  }

  get adminPort(): number | undefined {
    return this.#configuration.ports.admin;
  }

  get pid(): number {
    return this.#process?.pid ?? -1;
  }

  get dataDir(): string {
    return this.#configuration.dataDir;
  }

  get certificates(): Certificates | undefined {
    return this.#configuration.tls?.certificates;
  }

  get tls(): ClientTls | undefined {
    if (!this.certificates) return undefined;
    const { ca, client } = this.certificates;
    return { ca, cert: client.certificate, key: client.key };
  }

  get sasl(): { username: string; password: string } | undefined {
    return this.#configuration.options.sasl ? saslAccount : undefined;
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async restart(): Promise<void> {
    await this.stop();
    const { folder } = this.#configuration;
    const running = startProcess('java', this.#arguments, folder, this.#logFile);
    this.#process = running;
    await until(`ZooKeeper ${this.version} on port ${this.port}`, async () => {
      const ended = running.ended();
      if (ended) throw new Error(`ZooKeeper ended at start (${ended}):\n${this.log().slice(-3000)}`);
      const serves = (await askFourLetterWord(this.port, 'srvr', 300).catch(() => '')).includes('Mode:');
      // The port for TLS opens after the plain one.
      const isOpen = this.securePort === undefined || (await accepts(this.securePort));
      return (serves && isOpen) || undefined;
    });
  }

  pause(): void {
    this.#process?.signal('SIGSTOP');
  }

  resume(): void {
    this.#process?.signal('SIGCONT');
  }

  async ask(word: string): Promise<string> {
    return await askFourLetterWord(this.port, word, 10_000);
  }

  log(): string {
    return readFileSync(this.#logFile, 'utf8');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    for (const port of this.#reserved) port.release();
    removeWorkFolder(this.#configuration.folder);
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (!running) return;
    running.signal(signal);
    // A paused server takes SIGTERM only when it goes on.
    running.signal('SIGCONT');
    await running.gone();
  }
}

async function askFourLetterWord(port: number, word: string, timeout: number): Promise<string> {
  return await new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, timeout });
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      answer += text;
    });
    socket.on('connect', () => socket.write(word));
    socket.on('timeout', () => socket.destroy(new Error(`${word}: no answer in ${timeout} ms`)));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

/** Whether somebody listens on this port of loopback. */
async function accepts(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}
