import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { withSignal } from '../../../shared/abort.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { ScramMechanism } from '../../protocols/kafka/index.ts';
import {
  connect,
  isZooKeeperError,
  type NodeSpec,
  type RequestOptions,
  type ZooKeeperClient,
} from '../../protocols/zookeeper/index.ts';
import type { SourceContext } from '../contract.ts';
import type { LoadGate } from '../load.ts';
import { ZOOKEEPER } from './faults.ts';
import type { KafkaOptions } from './options.ts';
import { zookeeperConnectOptions } from './zookeeper-options.ts';

/** What a broker needs to check a password; base64 as Kafka writes it. As good as the password to an attacker. */
export interface Verifier {
  readonly iterations: number;
  readonly salt: string;
  readonly storedKey: string;
  readonly serverKey: string;
}

const PAUSE_MS = 500;
const CLUSTER_ID = '/cluster/id';
const USERS = '/config/users';
/** Brokers watch its children: one that is made tells them what changed. */
const CHANGES = '/config/changes';
const MECHANISMS: readonly ScramMechanism[] = ['SCRAM-SHA-256', 'SCRAM-SHA-512'];

const clusterIdNode = z.object({ id: z.string() });
const userConfig = z.object({ version: z.literal(1), config: z.record(z.string(), z.string()) });

type Connect = (signal: AbortSignal | undefined) => Promise<ZooKeeperClient>;

/** What others do with verifiers. */
export type VerifierAccess = Pick<ScramVerifiers, 'read' | 'write' | 'clusterId' | 'insistOn' | 'close'>;

/** What ZooKeeper has of one user cannot be read. */
export class MalformedVerifier extends HoldfastError {
  constructor(problem: string) {
    super('source.failed', { service: ZOOKEEPER, problem });
  }
}

/**
 * SCRAM users as Kafka in ZooKeeper mode keeps them: `/config/users/<name>`, JSON with a setting per mechanism,
 * beside the user's quotas. Written the way Kafka's own tools do: the node, then a change notification.
 */
export class ScramVerifiers {
  readonly #connect: Connect;
  readonly #gate: LoadGate;
  readonly #patienceMs: number;
  /** A session that is begun anew when it expires: nothing is kept in it. */
  #session: Promise<ZooKeeperClient>;

  private constructor(client: ZooKeeperClient, connect: Connect, gate: LoadGate, patienceMs: number) {
    this.#session = Promise.resolve(client);
    this.#connect = connect;
    this.#gate = gate;
    this.#patienceMs = patienceMs;
  }

  /** Undefined when no ZooKeeper is configured. Errors are those of the ZooKeeper client. */
  static async open(
    options: KafkaOptions,
    { random, gate, dial, signal }: Pick<SourceContext, 'random' | 'gate' | 'dial' | 'signal'>,
  ): Promise<ScramVerifiers | undefined> {
    const place = zookeeperConnectOptions(options);
    if (place === undefined) return undefined;
    const connectTimeoutMs = options.connectTimeout * 1000;
    const settings = { ...place, connectTimeoutMs, random, ...(dial === undefined ? {} : { dial }) };
    const again: Connect = (signal) => connect({ ...settings, ...withSignal(signal) });
    return new ScramVerifiers(await again(signal), again, gate, options.patience * 1000);
  }

  /** The verifiers of one user, by mechanism; none for a user that is not there. */
  async read(user: string, signal?: AbortSignal): Promise<ReadonlyMap<ScramMechanism, Verifier>> {
    const config = (await this.#config(user, signal))?.config ?? {};
    const verifiers = new Map<ScramMechanism, Verifier>();
    for (const mechanism of MECHANISMS) {
      const setting = config[mechanism];
      if (setting !== undefined) verifiers.set(mechanism, parseVerifier(setting, user));
    }
    return verifiers;
  }

  /** Sets a user's verifier, or with null takes it away; quotas and the other mechanism stay as they are. */
  async write(
    user: string,
    mechanism: ScramMechanism,
    verifier: Verifier | null,
    signal?: AbortSignal,
  ): Promise<void> {
    const options = withSignal(signal);
    const known = await this.#config(user, signal);
    const { [mechanism]: _before, ...others } = known?.config ?? {};
    const config = verifier === null ? others : { ...others, [mechanism]: formatVerifier(verifier) };
    const data = Buffer.from(JSON.stringify({ version: 1, config }));
    const path = pathOf(user);
    if (known === undefined) await this.#create(path, data, USERS, options);
    else {
      const version = known.nodeVersion;
      await this.#paced(signal, (client) => client.setData(path, data, { ...options, version }));
    }
    const change = JSON.stringify({ version: 2, entity_path: `users/${sanitized(user)}` });
    await this.#create(`${CHANGES}/config_change_`, Buffer.from(change), CHANGES, {
      ...options,
      mode: 'persistentSequential',
    });
  }

  /** Id of the cluster that this ZooKeeper belongs to; undefined when there is none at its path. */
  async clusterId(signal?: AbortSignal): Promise<string | undefined> {
    try {
      const { data } = await this.#read(CLUSTER_ID, signal);
      return clusterIdNode.parse(JSON.parse(data?.toString() ?? '')).id;
    } catch (error) {
      if (isZooKeeperError(error, 'NoNode')) return undefined;
      throw error;
    }
  }

  /**
   * Throws unless this is the ZooKeeper of that cluster: with the verifiers of another one its users would sign in here.
   * @throws HoldfastError `source.failed`
   */
  async insistOn(clusterId: string, signal?: AbortSignal): Promise<void> {
    const there = await this.clusterId(signal);
    if (there === clusterId) return;
    const problem = detail('other-cluster', { there: there ?? 'none', expected: clusterId });
    throw new HoldfastError('source.failed', { service: ZOOKEEPER, problem });
  }

  async close(): Promise<void> {
    const client = await this.#session.catch(() => undefined);
    await client?.close();
  }

  /** A node with its parent's ACL: where Kafka protects its ZooKeeper, verifiers are not for everyone to read. */
  async #create(
    path: string,
    data: Buffer,
    parent: string,
    options: RequestOptions & NodeSpec,
  ): Promise<void> {
    const { acl } = await this.#paced(options.signal, (client) => client.getAcl(parent, options));
    await this.#paced(options.signal, (client) => client.create(path, data, { ...options, acl }));
  }

  #paced<T>(signal: AbortSignal | undefined, request: (client: ZooKeeperClient) => Promise<T>): Promise<T> {
    return this.#gate.run(1, signal, async () => request(await this.#living(signal)));
  }

  /** The session, or a new one where it is over. */
  async #living(signal: AbortSignal | undefined): Promise<ZooKeeperClient> {
    const session = this.#session;
    const client = await session.catch(() => undefined);
    if (client !== undefined && client.state !== 'expired') return client;
    if (this.#session === session) this.#session = this.#connect(signal);
    return this.#session;
  }

  /** Again while the connection or the session is lost, within the patience. */
  async #read(path: string, signal: AbortSignal | undefined): ReturnType<ZooKeeperClient['getData']> {
    const until = performance.now() + this.#patienceMs;
    for (;;) {
      try {
        return await this.#paced(signal, (client) => client.getData(path, withSignal(signal)));
      } catch (error) {
        const lost = isZooKeeperError(error, 'ConnectionLoss') || isZooKeeperError(error, 'SessionExpired');
        if (!lost || performance.now() > until) throw error;
        await delay(PAUSE_MS, undefined, withSignal(signal));
      }
    }
  }

  async #config(
    user: string,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly config: Record<string, string>; readonly nodeVersion: number } | undefined> {
    try {
      const { data, stat } = await this.#read(pathOf(user), signal);
      const { config } = parseConfig(data, user);
      return { config, nodeVersion: stat.version };
    } catch (error) {
      if (isZooKeeperError(error, 'NoNode')) return undefined;
      throw error;
    }
  }
}

function parseConfig(data: Buffer | null, user: string): z.infer<typeof userConfig> {
  try {
    return userConfig.parse(JSON.parse(data?.toString() ?? ''));
  } catch (error) {
    throw malformed(user, error);
  }
}

/** `salt=…,stored_key=…,server_key=…,iterations=…`, as `ScramCredentialUtils` writes it. */
function parseVerifier(setting: string, user: string): Verifier {
  const members = new Map(
    setting.split(',').map((member): [string, string] => {
      const at = member.indexOf('=');
      return [member.slice(0, at), member.slice(at + 1)];
    }),
  );
  const iterations = Number(members.get('iterations'));
  const salt = members.get('salt');
  const storedKey = members.get('stored_key');
  const serverKey = members.get('server_key');
  if (
    salt === undefined ||
    storedKey === undefined ||
    serverKey === undefined ||
    !Number.isInteger(iterations)
  ) {
    throw malformed(user);
  }
  return { iterations, salt, storedKey, serverKey };
}

function formatVerifier({ salt, storedKey, serverKey, iterations }: Verifier): string {
  return `salt=${salt},stored_key=${storedKey},server_key=${serverKey},iterations=${iterations}`;
}

/** Never with the cause's text, which may quote the verifier. */
function malformed(user: string, cause?: unknown): MalformedVerifier {
  const kind = cause instanceof Error ? cause.name : 'a member is missing';
  return new MalformedVerifier(`${pathOf(user)} is not as Kafka writes it: ${kind}`);
}

function pathOf(user: string): string {
  return `${USERS}/${sanitized(user)}`;
}

/** `org.apache.kafka.common.utils.Sanitizer`: URL-encoded with the asterisk too, a space as %20. */
function sanitized(name: string): string {
  return encodeURIComponent(name).replace(
    /[!'()*~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
