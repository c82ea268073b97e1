import type { Certificates } from './certificates.ts';
import { until } from './condition.ts';
import { describeCluster, describeQuorumLeader } from './kafka-ask.ts';
import type {
  BrokerConfiguration,
  KafkaMode,
  KafkaOptions,
  KafkaPorts,
  KafkaVersion,
} from './kafka-config.ts';
import { addScramAccounts, formatStorage } from './kafka-format.ts';
import { KafkaNode } from './kafka-node.ts';
import { type KafkaTls, planTls } from './kafka-tls.ts';
import { jarsOf } from './maven.ts';
import { type ReservedPort, reservePort } from './ports.ts';
import { memoryFolder, removeWorkFolder, workFolder } from './processes.ts';
import { type ClientTls, startZooKeeper, type ZooKeeperServer } from './zookeeper.ts';

export { certificatePrincipal, type KafkaOptions, type KafkaVersion, kafkaAccounts } from './kafka-config.ts';
export type { KafkaNode } from './kafka-node.ts';

/** Where clients connect, by listener: `host:port` of each broker, separated by commas. */
interface KafkaAddresses {
  readonly plain: string;
  readonly tls: string | undefined;
  readonly sasl: string | undefined;
  readonly saslTls: string | undefined;
}

/** A real Kafka cluster on loopback. It and its temporary files are gone when this process ends. */
export interface KafkaCluster extends AsyncDisposable {
  readonly version: KafkaVersion;
  readonly mode: KafkaMode;
  readonly clusterId: string;
  readonly bootstrap: KafkaAddresses;
  /** The brokers in the order of their ids. */
  readonly nodes: readonly KafkaNode[];
  /** What a TLS client needs, as PEM text. */
  readonly tls: ClientTls | undefined;
  /** All certificates of the brokers' authority, expired ones too. */
  readonly certificates: Certificates | undefined;
  /** ZooKeeper mode: the server, and the path below which the cluster lives, empty for its root. */
  readonly zookeeper: ZooKeeperServer | undefined;
  readonly chroot: string;
  /** The folder with the jars of this Kafka. */
  readonly jars: string;
  /** The broker of that id; throws when there is none. */
  node(id: number): KafkaNode;
  /** Id of the controller as a running broker tells it; waits until there is one that runs. */
  controllerId(): Promise<number>;
  /** Resolves when every running broker sees exactly the running ones. */
  settled(): Promise<void>;
  /** What a node's functions of these names do, on all nodes at once. */
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** Resolves when the cluster is settled. */
  restart(): Promise<void>;
  pause(): void;
  resume(): void;
  log(): string;
}

/** Starts one broker; resolves when it serves. The first call downloads Kafka through Maven. */
export async function startKafka(options: KafkaOptions = {}): Promise<KafkaCluster> {
  return await startKafkaCluster(1, options);
}

/** Starts a cluster of `size` brokers; resolves when each sees all of them. */
export async function startKafkaCluster(size = 3, options: KafkaOptions = {}): Promise<KafkaCluster> {
  const version = options.version ?? '4.3';
  const mode = options.mode ?? (version === '4.3' ? 'kraft' : 'zookeeper');
  const jars = await jarsOf(`kafka-${version}`);
  const cluster = new RunningKafka({
    version,
    mode,
    jars,
    options,
    zookeeper: mode === 'zookeeper' ? (options.zookeeper ?? (await startZooKeeper())) : undefined,
    tls: options.tls ? await planTls(options.tls === true ? {} : options.tls) : undefined,
    places: await reservePlaces(size, mode, options),
  });
  try {
    await cluster.start();
    return cluster;
  } catch (error) {
    await cluster[Symbol.asyncDispose]();
    throw error;
  }
}

/** One broker to be: its id and ports. */
interface Place {
  readonly id: number;
  readonly ports: KafkaPorts;
  readonly reserved: readonly ReservedPort[];
}

async function reservePlaces(size: number, mode: KafkaMode, options: KafkaOptions): Promise<Place[]> {
  const { tls, sasl, firstId = 1 } = options;
  return await Promise.all(
    Array.from({ length: size }, async (_, index) => {
      const [plain, secure, login, secureLogin, controller] = await Promise.all([
        reservePort(),
        tls ? reservePort() : undefined,
        sasl ? reservePort() : undefined,
        tls && sasl ? reservePort() : undefined,
        mode === 'kraft' ? reservePort() : undefined,
      ]);
      const ports = {
        plain: plain.port,
        ...(secure && { tls: secure.port }),
        ...(login && { sasl: login.port }),
        ...(secureLogin && { saslTls: secureLogin.port }),
        ...(controller && { controller: controller.port }),
      };
      const reserved = [plain, secure, login, secureLogin, controller].filter((port) => port !== undefined);
      return { id: firstId + index, ports, reserved };
    }),
  );
}

interface ClusterPlan {
  readonly version: KafkaVersion;
  readonly mode: KafkaMode;
  readonly jars: string;
  readonly options: KafkaOptions;
  readonly zookeeper: ZooKeeperServer | undefined;
  readonly tls: KafkaTls | undefined;
  readonly places: readonly Place[];
}

class RunningKafka implements KafkaCluster {
  readonly nodes: readonly KafkaNode[];
  readonly #plan: ClusterPlan;
  #clusterId = '';

  constructor(plan: ClusterPlan) {
    this.#plan = plan;
    this.nodes = plan.places.map((place, index) => {
      return new KafkaNode(brokerConfiguration(plan, place, index), plan.jars, plan.zookeeper);
    });
  }

  get version(): KafkaVersion {
    return this.#plan.version;
  }

  get mode(): KafkaMode {
    return this.#plan.mode;
  }

  get clusterId(): string {
    return this.#clusterId;
  }

  get bootstrap(): KafkaAddresses {
    const { tls, sasl } = this.#plan.options;
    return {
      plain: this.#addresses('plain'),
      tls: tls ? this.#addresses('tls') : undefined,
      sasl: sasl ? this.#addresses('sasl') : undefined,
      saslTls: tls && sasl ? this.#addresses('saslTls') : undefined,
    };
  }

  get certificates(): Certificates | undefined {
    return this.#plan.tls?.certificates;
  }

  get tls(): ClientTls | undefined {
    if (!this.certificates) return undefined;
    const { ca, client } = this.certificates;
    return { ca, cert: client.certificate, key: client.key };
  }

  get zookeeper(): ZooKeeperServer | undefined {
    return this.#plan.zookeeper;
  }

  get chroot(): string {
    return this.#plan.options.chroot ?? '';
  }

  get jars(): string {
    return this.#plan.jars;
  }

  /** The first start: formats the storage or fills ZooKeeper, then starts the nodes. */
  async start(): Promise<void> {
    const { jars, mode, options } = this.#plan;
    const [first] = this.nodes;
    if (!first) throw new Error('a cluster needs a node');
    if (mode === 'kraft') {
      const id = randomClusterId();
      await Promise.all(this.nodes.map(async (node) => await formatStorage(jars, node, id)));
    } else if (options.sasl) {
      await addScramAccounts(jars, first);
    }
    await this.restart();
    this.#clusterId = (await describeCluster(first.port)).clusterId;
  }

  node(id: number): KafkaNode {
    const node = this.nodes.find((one) => one.id === id);
    if (!node) throw new Error(`the cluster has no node ${id}`);
    return node;
  }

  async controllerId(): Promise<number> {
    return await until('a controller', async () => {
      const running = this.nodes.filter((node) => node.isRunning);
      for (const { port } of running) {
        const id = await (this.mode === 'kraft'
          ? describeQuorumLeader(port)
          : describeCluster(port).then(({ controllerId }) => controllerId)
        ).catch(() => -1);
        if (running.some((node) => node.id === id)) return id;
      }
      return undefined;
    });
  }

  async settled(): Promise<void> {
    const running = this.nodes.filter((node) => node.isRunning);
    const ids = running.map(({ id }) => id).join();
    for (const node of running) {
      await until(
        `broker ${node.id} to see brokers ${ids}`,
        async () => (await node.knownBrokers()).join() === ids || undefined,
      );
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map(async (node) => await node.stop()));
  }

  async kill(): Promise<void> {
    await Promise.all(this.nodes.map(async (node) => await node.kill()));
  }

  async restart(): Promise<void> {
    await this.stop();
    await Promise.all(this.nodes.map(async (node) => await node.restart()));
    await this.settled();
  }

  pause(): void {
    for (const node of this.nodes) node.pause();
  }

  resume(): void {
    for (const node of this.nodes) node.resume();
  }

  log(): string {
    return this.nodes.map((node) => node.log()).join('');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { options, zookeeper, tls, places } = this.#plan;
    await Promise.all(this.nodes.map(async (node) => await node[Symbol.asyncDispose]()));
    if (!options.zookeeper) await zookeeper?.[Symbol.asyncDispose]();
    if (tls) removeWorkFolder(tls.folder);
    for (const { reserved } of places) for (const port of reserved) port.release();
  }

  #addresses(kind: keyof KafkaPorts): string {
    return this.nodes.map(({ configuration }) => `127.0.0.1:${configuration.ports[kind]}`).join();
  }
}

function brokerConfiguration(plan: ClusterPlan, { id, ports }: Place, index: number): BrokerConfiguration {
  const { options, places, zookeeper, tls } = plan;
  const voters = places.map((place) => `${place.id}@127.0.0.1:${place.ports.controller}`).join();
  return {
    folder: workFolder(`kafka-${id}`),
    dataDir: memoryFolder(`kafka-${id}`),
    id,
    rack: options.racks ? options.racks[index] : `rack-${id}`,
    ports,
    options,
    tls,
    size: places.length,
    quorum: zookeeper ? { connect: `${zookeeper.connectString}${options.chroot ?? ''}` } : { voters },
  };
}

/** 16 random bytes in URL-safe base 64, as Kafka writes its ids; the first is not '-', which a tool would take for an option. */
function randomClusterId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Buffer.from(bytes).toString('base64url').replace(/^-/, 'A');
}
