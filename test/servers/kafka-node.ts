import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from './condition.ts';
import { describeCluster } from './kafka-ask.ts';
import { type BrokerConfiguration, brokerArguments, writeConfiguration } from './kafka-config.ts';
import { removeWorkFolder, type ServerProcess, startProcess } from './processes.ts';
import type { ZooKeeperServer } from './zookeeper.ts';

/** How long a broker may take to end in good order; the last ones of a KRaft quorum wait for the others in vain. */
const patienceMs = 10_000;

/** One broker of a cluster; in KRaft mode a controller as well. */
export class KafkaNode implements AsyncDisposable {
  readonly configuration: BrokerConfiguration;
  readonly #jars: string;
  readonly #zookeeper: ZooKeeperServer | undefined;
  readonly #propertiesFile: string;
  readonly #logFile: string;
  #process: ServerProcess | undefined;

  constructor(configuration: BrokerConfiguration, jars: string, zookeeper: ZooKeeperServer | undefined) {
    this.configuration = configuration;
    this.#jars = jars;
    this.#zookeeper = zookeeper;
    this.#propertiesFile = writeConfiguration(configuration);
    this.#logFile = join(configuration.folder, 'server.log');
  }

  get id(): number {
    return this.configuration.id;
  }

  get rack(): string | undefined {
    return this.configuration.rack;
  }

  /** Of the plain listener; the same after every restart. */
  get port(): number {
    return this.configuration.ports.plain;
  }

  /** The process id; another one after a restart. */
  get pid(): number {
    return this.#process?.pid ?? -1;
  }

  get dataDir(): string {
    return this.configuration.dataDir;
  }

  get propertiesFile(): string {
    return this.#propertiesFile;
  }

  get isRunning(): boolean {
    return this.#process !== undefined && this.#process.ended() === undefined;
  }

  /** Ends the broker in good order (SIGTERM), or after 10 s by SIGKILL; its data stays for a restart. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /**
   * Starts it again on the same ports and data, stopping it first if it runs; resolves when it serves and counts
   * itself among the brokers. In KRaft mode that takes a majority of the nodes.
   */
  async restart(): Promise<void> {
    await this.stop();
    await this.#forgotten();
    const { folder } = this.configuration;
    const argv = brokerArguments(this.#jars, this.configuration, this.#propertiesFile);
    const running = startProcess('java', argv, folder, this.#logFile);
    this.#process = running;
    await until(`Kafka broker ${this.id} on port ${this.port}`, async () => {
      const ended = running.ended();
      if (ended) throw new Error(`Kafka ended at start (${ended}):\n${this.log().slice(-3000)}`);
      return (await this.knownBrokers()).includes(this.id) || undefined;
    });
  }

  /** Ids of the brokers that this one knows to be alive, in ascending order; none while it does not answer. */
  async knownBrokers(): Promise<number[]> {
    const seen = await describeCluster(this.port).catch(() => undefined);
    return (seen?.brokers ?? []).map(({ id }) => id).sort((one, other) => one - other);
  }

  /** SIGSTOP: connections stay open and nothing answers. */
  pause(): void {
    this.#process?.signal('SIGSTOP');
  }

  /** SIGCONT. */
  resume(): void {
    this.#process?.signal('SIGCONT');
  }

  /** What the broker printed so far: warnings and errors. */
  log(): string {
    return readFileSync(this.#logFile, 'utf8');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    removeWorkFolder(this.configuration.folder);
    removeWorkFolder(this.dataDir);
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (!running) return;
    running.signal(signal);
    // A paused broker takes SIGTERM only when it goes on.
    running.signal('SIGCONT');
    const patience = new AbortController();
    await Promise.race([
      running.gone(),
      delay(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
    running.signal('SIGKILL');
    await running.gone();
  }

  /** A killed broker's name stands in ZooKeeper until its session ends, and until then no other may take it. */
  async #forgotten(): Promise<void> {
    const zookeeper = this.#zookeeper;
    const { quorum } = this.configuration;
    if (!zookeeper || !('connect' in quorum)) return;
    const path = `${quorum.connect.slice(zookeeper.connectString.length)}/brokers/ids/${this.id}`;
    await until(`ZooKeeper to drop ${path}`, async () => {
      const sessions = await zookeeper.ask('dump').catch(() => '');
      return !sessions.split(/\s+/).includes(path) || undefined;
    });
  }
}
