import { setTimeout as delay } from 'node:timers/promises';
import { untilAborted } from '../../../shared/abort.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import {
  type ConnectOptions,
  connect,
  type ZooKeeperClient,
  ZooKeeperError,
} from '../../protocols/zookeeper/index.ts';
import type { SourceContext } from '../contract.ts';
import { asSourceError, isPassing, SERVICE } from './faults.ts';
import type { ZooKeeperOptions } from './options.ts';

const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 2000;
const BEHIND = 'this server is behind what others of the service have shown';

/**
 * A session that is begun anew when it expires. A new session is only taken from a server that has got as far as the
 * old one saw, and first syncs, so that what is read through a link never goes back in the service's history.
 */
export class Link {
  readonly #settings: ConnectOptions;
  readonly #patienceMs: number;
  readonly #random: () => number;
  #client: ZooKeeperClient;
  #reopening: Promise<void> | undefined;
  #closed = false;

  private constructor(
    settings: ConnectOptions,
    patienceMs: number,
    random: () => number,
    client: ZooKeeperClient,
  ) {
    this.#settings = settings;
    this.#patienceMs = patienceMs;
    this.#random = random;
    this.#client = client;
  }

  /** @throws HoldfastError `source.unreachable`, `source.sign-in-failed`, or `general.invalid-input` for the options. */
  static async open(
    options: ZooKeeperOptions,
    { random, dial, signal }: Pick<SourceContext, 'random' | 'dial' | 'signal'>,
  ): Promise<Link> {
    const settings = {
      ...connectOptions(options),
      ...(dial === undefined ? {} : { dial }),
      probes: new Map(),
      random,
    };
    try {
      const client = await connect(signal === undefined ? settings : { ...settings, signal });
      return new Link(settings, options.patience * 1000, random, client);
    } catch (error) {
      signal?.throwIfAborted();
      throw asSourceError(error);
    }
  }

  /**
   * A link of its own to the same service, signed in alike and with nothing left to find out about its server. The
   * caller closes it. Errors are those of the client.
   */
  async another(signal?: AbortSignal): Promise<Link> {
    const client = await connect(signal === undefined ? this.#settings : { ...this.#settings, signal });
    try {
      await client.capabilities(signal && { signal });
    } catch (error) {
      await client.close();
      throw error;
    }
    return new Link(this.#settings, this.#patienceMs, this.#random, client);
  }

  /** How its servers are reached. */
  get way(): Pick<ConnectOptions, 'tls' | 'dial' | 'connectTimeoutMs'> {
    return this.#settings;
  }

  /** The session of the moment: it may be replaced after any failure. */
  get client(): ZooKeeperClient {
    return this.#client;
  }

  get chroot(): string {
    return this.#client.chroot;
  }

  /**
   * Runs reads, again when the connection or the session was lost under them, until it succeeds or the cluster was
   * gone for longer than the link's patience. Errors are those of the client, but for `source.unreachable`.
   */
  async read<T>(work: (client: ZooKeeperClient) => Promise<T>, signal?: AbortSignal): Promise<T> {
    let wait = FIRST_DELAY_MS;
    let failingSince: number | undefined;
    for (;;) {
      signal?.throwIfAborted();
      try {
        return await work(this.#client);
      } catch (error) {
        signal?.throwIfAborted();
        if (!isPassing(error) || this.#closed) throw error;
        failingSince ??= performance.now();
        if (performance.now() - failingSince > this.#patienceMs) throw gone(error);
      }
      await delay(wait * (0.5 + this.#random()), undefined, signal === undefined ? {} : { signal });
      wait = Math.min(wait * 2, LONGEST_DELAY_MS);
      await this.revive(signal);
    }
  }

  /**
   * The service's position, which this session's server has reached; not before `atLeast`. For moments around an
   * election a server may still follow the old leader, and be behind what others have seen: it is asked again then.
   */
  sync(signal?: AbortSignal, atLeast = 0n): Promise<bigint> {
    return this.read(async (client) => {
      const position = await client.sync('/', signal && { signal });
      if (position < atLeast) throw new ZooKeeperError('ConnectionLoss', { op: 'sync', message: BEHIND });
      return position;
    }, signal);
  }

  /** Begins a new session when the one at hand is over; failing to is left for the next read to find. */
  async revive(signal?: AbortSignal): Promise<void> {
    if (this.#client.state !== 'expired' || this.#closed) return;
    this.#reopening ??= this.#reopen().finally(() => {
      this.#reopening = undefined;
    });
    await untilAborted(this.#reopening, signal);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#reopening?.catch(() => {});
    await this.#client.close();
  }

  async #reopen(): Promise<void> {
    try {
      const client = await connect({ ...this.#settings, lastZxid: this.#client.lastZxid });
      this.#client = await synced(client);
    } catch (error) {
      if (!isPassing(error)) throw asSourceError(error);
    }
  }
}

/** The session once its server has caught up; one that does not is ended, as nobody else knows of it. */
async function synced(client: ZooKeeperClient): Promise<ZooKeeperClient> {
  try {
    await client.sync();
    return client;
  } catch (error) {
    await client.close();
    throw error;
  }
}

function gone(cause: unknown): HoldfastError {
  const problem = cause instanceof Error ? cause.message : String(cause);
  return new HoldfastError('source.unreachable', { service: SERVICE, problem }, cause);
}

/** How the client is to connect. @throws HoldfastError `general.invalid-input` where options do not fit together. */
export function connectOptions(options: ZooKeeperOptions): ConnectOptions {
  return {
    connectString: options.connectString,
    sessionTimeoutMs: options.sessionTimeout * 1000,
    connectTimeoutMs: options.connectTimeout * 1000,
    ...credentials(options),
    ...(options.tls ? { tls: tlsOptions(options) } : {}),
  };
}

function credentials({ auth, user, password }: ZooKeeperOptions): Pick<ConnectOptions, 'auth' | 'sasl'> {
  if (auth === 'none') return {};
  if (user === undefined || password === undefined) {
    throw new HoldfastError('general.invalid-input', {
      what: SERVICE,
      problem: detail('user-and-password'),
    });
  }
  return auth === 'sasl'
    ? { sasl: { username: user, password } }
    : { auth: [{ scheme: 'digest', auth: `${user}:${password}` }] };
}

function tlsOptions({
  ca,
  cert,
  key,
  serverName,
  verify,
}: ZooKeeperOptions): NonNullable<ConnectOptions['tls']> {
  return {
    verify,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(serverName === undefined ? {} : { servername: serverName }),
  };
}
