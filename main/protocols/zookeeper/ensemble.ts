import { authenticate, type Credentials } from './authenticate.ts';
import { formatServer, type ServerAddress } from './connect-string.ts';
import { Connection, type ConnectionEvents, type ConnectionSettings } from './connection.ts';
import { isZooKeeperError, ZooKeeperError, type ZooKeeperErrorCode } from './errors.ts';
import type { SessionTicket } from './handshake.ts';
import { pause } from './pause.ts';

export interface EnsembleSettings extends ConnectionSettings {
  /** Bound for one server: TCP, TLS, handshake and authentication, ms. */
  readonly connectTimeoutMs: number;
  readonly random: () => number;
}

/** What to prove and to do on a connection before it is used. */
export interface Preparation {
  readonly credentials: Credentials;
  readonly afterAuthentication?: (connection: Connection) => Promise<void>;
}

const firstBackoffMs = 50;
const longestBackoffMs = 5_000;

/** The servers of an ensemble, tried in a random order that goes on where it stopped. */
export class Ensemble {
  #servers: readonly ServerAddress[];
  #settings: EnsembleSettings;
  #events: ConnectionEvents;
  #next = 0;
  #lastFailure: ZooKeeperError | undefined;

  constructor(servers: readonly ServerAddress[], settings: EnsembleSettings, events: ConnectionEvents) {
    this.#servers = shuffled(servers, settings.random);
    this.#settings = settings;
    this.#events = events;
  }

  /**
   * Tries every server once. Rejects with the most telling failure, in whose message each server has its
   * own; at once with `SessionExpired`, an `AuthFailed` that a server spoke out, or the signal's reason.
   */
  async connectOnce(
    ticket: SessionTicket,
    preparation: Preparation,
    signal: AbortSignal,
  ): Promise<Connection> {
    const failures: ZooKeeperError[] = [];
    for (let tried = 0; tried < this.#servers.length; tried++) {
      try {
        return await this.connectTo(this.#take(), ticket, preparation, this.#events, signal);
      } catch (error) {
        if (signal.aborted || !isZooKeeperError(error) || isFinal(error)) throw error;
        failures.push(error);
      }
    }
    throw summary(failures);
  }

  /** Why the newest round of `connectPatiently` came to nothing. */
  get lastFailure(): ZooKeeperError | undefined {
    return this.#lastFailure;
  }

  /** Tries again and again, with a backoff between the rounds, until a failure is final. */
  async connectPatiently(
    ticket: SessionTicket,
    preparation: Preparation,
    signal: AbortSignal,
  ): Promise<Connection> {
    this.#lastFailure = undefined;
    for (let round = 0; ; round++) {
      try {
        return await this.connectOnce(ticket, preparation, signal);
      } catch (error) {
        if (signal.aborted || !isZooKeeperError(error) || isFinal(error)) throw error;
        this.#lastFailure = error;
      }
      const backoff = Math.min(firstBackoffMs * 2 ** round, longestBackoffMs);
      await pause(backoff * (0.5 + this.#settings.random() / 2), signal);
    }
  }

  /** Connects to one server, authenticated and prepared, within the connect timeout. */
  async connectTo(
    server: ServerAddress,
    ticket: SessionTicket,
    { credentials, afterAuthentication }: Preparation,
    events: ConnectionEvents,
    signal: AbortSignal,
  ): Promise<Connection> {
    const deadline = new Deadline(server, this.#settings.connectTimeoutMs, signal);
    let connection: Connection | undefined;
    try {
      connection = await Connection.open(server, ticket, this.#settings, events, deadline.signal);
      deadline.onAbort = (reason) => connection?.end(reason);
      await authenticate(connection, credentials);
      await afterAuthentication?.(connection);
      return connection;
    } catch (error) {
      connection?.end(isZooKeeperError(error) ? error : new ZooKeeperError('Closed', { cause: error }));
      throw signal.aborted ? signal.reason : (deadline.exceeded ?? error);
    } finally {
      deadline.clear();
    }
  }

  #take(): ServerAddress {
    const server = this.#servers[this.#next++ % this.#servers.length];
    if (server === undefined)
      throw new ZooKeeperError('BadArguments', { op: 'connect', message: 'no server' });
    return server;
  }
}

/** Bound for setting up one connection, or the caller's abort, whichever comes first. */
class Deadline {
  /** Called on either, beside the signal. */
  onAbort: (reason: ZooKeeperError) => void = () => {};
  /** The error to report once the time is over. */
  exceeded: ZooKeeperError | undefined;
  #controller = new AbortController();
  #timer: NodeJS.Timeout;
  #outer: AbortSignal;
  #onOuterAbort = (): void => this.#abort(new ZooKeeperError('Closed', { op: 'connect' }));

  constructor(server: ServerAddress, ms: number, outer: AbortSignal) {
    this.#outer = outer;
    outer.throwIfAborted();
    outer.addEventListener('abort', this.#onOuterAbort);
    this.#timer = setTimeout(() => {
      const message = `${formatServer(server)}: not ready within ${ms} ms`;
      this.exceeded = new ZooKeeperError('ConnectionLoss', { op: 'connect', message });
      this.#abort(this.exceeded);
    }, ms);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#outer.removeEventListener('abort', this.#onOuterAbort);
  }

  #abort(reason: ZooKeeperError): void {
    this.#controller.abort(reason);
    this.onAbort(reason);
  }
}

/** True where another server or another try cannot help. */
function isFinal(error: ZooKeeperError): boolean {
  if (error.code === 'SessionExpired') return true;
  // A connection dropped during authentication may be a refusal or chance: the other servers are asked.
  return error.code === 'AuthFailed' && !isZooKeeperError(error.cause, 'ConnectionLoss');
}

const byTelling: readonly ZooKeeperErrorCode[] = ['AuthFailed', 'TlsFailed', 'ProtocolError'];

function summary(failures: readonly ZooKeeperError[]): ZooKeeperError {
  const code =
    byTelling.find((telling) => failures.some((failure) => failure.code === telling)) ?? 'ConnectionLoss';
  const cause = failures.find((failure) => failure.code === code);
  if (cause !== undefined && failures.length === 1) return cause;
  const message = `no server could be reached: ${failures.map((failure) => failure.message).join('; ')}`;
  return new ZooKeeperError(code, { op: 'connect', message, cause });
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const order = items.map((item) => ({ item, rank: random() }));
  return order.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}
