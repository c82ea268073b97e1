import { untilAborted } from '../../../shared/abort.ts';
import { sendAuth } from './authenticate.ts';
import { probeCapabilities } from './capabilities.ts';
import { type ConnectTarget, formatServer, type ServerAddress } from './connect-string.ts';
import type { Connection, ConnectionEvents } from './connection.ts';
import { Ensemble, type EnsembleSettings, type Preparation } from './ensemble.ts';
import { isZooKeeperError, ZooKeeperError } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { newSessionTicket, type SessionTicket } from './handshake.ts';
import { Chroot } from './paths.ts';
import { closeSessionRequest } from './session-requests.ts';
import type {
  AuthEntry,
  Capabilities,
  ProbeMemory,
  SaslCredentials,
  SessionState,
  StateChange,
  StateListener,
} from './types.ts';
import { WaitingRoom } from './waiting-room.ts';
import { callApart, Watches } from './watches.ts';

export interface SessionSettings extends EnsembleSettings {
  readonly sessionTimeoutMs: number;
  readonly closeTimeoutMs: number;
  readonly sasl: SaslCredentials | undefined;
  readonly auth: readonly AuthEntry[];
  /** A server that lags behind it is passed over. */
  readonly lastZxid: bigint;
  readonly probes: ProbeMemory;
}

const noEvents: ConnectionEvents = { onWatchEvent: () => {}, onEnd: () => {} };

/**
 * One session, kept over as many connections as it takes. What is in flight when a connection ends fails;
 * what is asked for after that waits for the next connection, but no longer than one session timeout.
 */
export class Session {
  readonly chroot: Chroot;
  readonly watches: Watches;
  #settings: SessionSettings;
  #ensemble: Ensemble;
  #auth: AuthEntry[];
  #connection: Connection;
  #state: SessionState = 'connected';
  /** Why requests fail at once, where they do. */
  #refusal: ZooKeeperError | undefined;
  #waiting = new WaitingRoom();
  #waitTimer: NodeJS.Timeout | undefined;
  #listeners = new Set<StateListener>();
  #ending = new AbortController();
  #closing: Promise<void> | undefined;
  #known: Capabilities | undefined;
  #probe: Promise<void> | undefined;

  private constructor(
    settings: SessionSettings,
    ensemble: Ensemble,
    watches: Watches,
    chroot: Chroot,
    connection: Connection,
  ) {
    this.#settings = settings;
    this.#ensemble = ensemble;
    this.#auth = [...settings.auth];
    this.watches = watches;
    this.chroot = chroot;
    this.#connection = connection;
  }

  /** Begins a session with the first server that gives one; each is tried once. */
  static async begin(
    target: ConnectTarget,
    settings: SessionSettings,
    signal: AbortSignal,
  ): Promise<Session> {
    const chroot = new Chroot(target.chroot);
    const watches = new Watches(chroot);
    let session: Session | undefined;
    const ensemble = new Ensemble(target.servers, settings, {
      onWatchEvent: (body, zxid) => watches.dispatch(body, zxid),
      onEnd(connection, reason) {
        if (session !== undefined) session.#onConnectionEnd(connection, reason);
      },
    });
    const { sasl, auth, sessionTimeoutMs, lastZxid } = settings;
    const preparation: Preparation = { credentials: { sasl, auth } };
    const connection = await ensemble.connectOnce(
      newSessionTicket(sessionTimeoutMs, lastZxid),
      preparation,
      signal,
    );
    session = new Session(settings, ensemble, watches, chroot, connection);
    if (connection.ended !== undefined) session.#onConnectionEnd(connection, connection.ended);
    return session;
  }

  get state(): SessionState {
    return this.#state;
  }

  get ticket(): SessionTicket {
    return this.#connection.ticket;
  }

  /** The server in use, or while suspended the one that was. */
  get server(): ServerAddress {
    return this.#connection.address;
  }

  /** What the connected server knows, once it was probed. */
  get knownCapabilities(): Capabilities | undefined {
    return this.#known;
  }

  onState(listener: StateListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Sends an exchange now or as soon as there is a connection, and waits for its outcome. */
  submit<T>(exchange: Exchange<T>, signal?: AbortSignal): Promise<T> {
    if (signal !== undefined) this.#abandonOnAbort(exchange, signal);
    if (exchange.settled) return exchange.outcome;
    const refusal = this.#refusal;
    if (refusal !== undefined) exchange.fail(refusal.code, { message: refusal.detail, cause: refusal.cause });
    else if (this.#state === 'connected') this.#connection.send(exchange);
    else this.#waiting.add(exchange);
    return exchange.outcome;
  }

  /** Probes the connected server once; waits for a connection where there is none. */
  async capabilities(signal?: AbortSignal): Promise<Capabilities> {
    while (this.#known === undefined) {
      await untilAborted(this.#whenConnected(), signal);
      this.#probe ??= this.#probeConnected(this.#connection);
      await untilAborted(this.#probe, signal);
    }
    return this.#known;
  }

  /** Proves one more identity, now and on every later connection. */
  async addAuth(entry: AuthEntry): Promise<void> {
    await this.#whenConnected();
    await sendAuth(this.#connection, entry);
    this.#auth.push(entry);
  }

  /** Ends the session at the server where it can be told, else only here. Never rejects. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#isFinal()) return;
    const wasConnected = this.#state === 'connected';
    this.#finish('closed', new ZooKeeperError('Closed', { message: 'the client is closed' }), false);
    if (wasConnected) await this.#endAtServer();
    this.#connection.end(new ZooKeeperError('Closed', { message: 'the client is closed' }));
  }

  async #endAtServer(): Promise<void> {
    const request = closeSessionRequest();
    const timer = setTimeout(() => request.fail('Closed'), this.#settings.closeTimeoutMs);
    this.#connection.send(request);
    // Whatever keeps the server from answering, the client is closed all the same.
    await request.outcome.catch(() => {});
    clearTimeout(timer);
  }

  #abandonOnAbort<T>(exchange: Exchange<T>, signal: AbortSignal): void {
    if (signal.aborted) {
      exchange.abandon(signal.reason);
      return;
    }
    const onAbort = (): void => exchange.abandon(signal.reason);
    const detach = (): void => signal.removeEventListener('abort', onAbort);
    signal.addEventListener('abort', onAbort);
    exchange.outcome.then(detach, detach);
  }

  #onConnectionEnd(connection: Connection, reason: ZooKeeperError): void {
    if (connection !== this.#connection || this.#isFinal()) return;
    this.#known = undefined;
    this.#probe = undefined;
    // What comes back under this address may be another release.
    this.#settings.probes.delete(formatServer(connection.address));
    this.#waitTimer = setTimeout(() => this.#stopWaiting(reason), connection.ticket.timeoutMs);
    this.#enter({ state: 'suspended', cause: reason });
    void this.#reconnect(connection.ticket);
  }

  async #reconnect(ticket: SessionTicket): Promise<void> {
    const { sasl } = this.#settings;
    const preparation: Preparation = {
      credentials: { sasl, auth: this.#auth },
      afterAuthentication: (connection) => this.watches.restore(connection),
    };
    try {
      const connection = await this.#ensemble.connectPatiently(ticket, preparation, this.#ending.signal);
      this.#adopt(connection);
    } catch (error) {
      if (this.#isFinal()) return;
      const cause = isZooKeeperError(error) ? error : new ZooKeeperError('ConnectionLoss', { cause: error });
      this.#finish(cause.code === 'AuthFailed' ? 'authFailed' : 'expired', cause, true);
    }
  }

  #adopt(connection: Connection): void {
    clearTimeout(this.#waitTimer);
    this.#connection = connection;
    this.#refusal = undefined;
    if (connection.ended !== undefined) {
      this.#onConnectionEnd(connection, connection.ended);
      return;
    }
    this.#state = 'connected';
    this.#waiting.release(connection);
    this.watches.announceGap();
    this.#enter({ state: 'connected' });
  }

  /** Until a server is reached, requests fail at once from here on. */
  #stopWaiting(reason: ZooKeeperError): void {
    const message = `no server was reached for a whole session timeout since: ${reason.detail}`;
    this.#refusal = new ZooKeeperError('ConnectionLoss', {
      message,
      cause: this.#ensemble.lastFailure ?? reason,
    });
    this.#waiting.fail(this.#refusal);
  }

  #finish(state: SessionState, cause: ZooKeeperError, tellCause: boolean): void {
    clearTimeout(this.#waitTimer);
    this.#refusal = cause;
    this.#ending.abort(cause);
    this.#enter(tellCause ? { state, cause } : { state });
    this.#waiting.fail(cause);
  }

  #enter(change: StateChange): void {
    this.#state = change.state;
    for (const listener of [...this.#listeners]) callApart(() => listener(change));
  }

  #isFinal(): boolean {
    return this.#state !== 'connected' && this.#state !== 'suspended';
  }

  /** Resolves at once while connected; rejects where requests would fail. */
  #whenConnected(): Promise<void> {
    if (this.#refusal !== undefined) return Promise.reject(this.#refusal);
    return this.#state === 'connected' ? Promise.resolve() : this.#waiting.arrival();
  }

  async #probeConnected(connection: Connection): Promise<void> {
    const { probes } = this.#settings;
    const server = formatServer(connection.address);
    const underWay = probes.get(server);
    const probe = underWay ?? this.#probeServer(connection);
    probes.set(server, probe);
    try {
      const known = await probe;
      if (connection === this.#connection && this.#state === 'connected') this.#known = known;
    } catch (error) {
      if (probes.get(server) === probe) probes.delete(server);
      // Another client's failure, such as being closed, is not this one's: it then probes by itself.
      if (underWay === undefined) throw error;
    } finally {
      this.#probe = undefined;
    }
  }

  #probeServer({ address }: Connection): Promise<Capabilities> {
    const { sasl, sessionTimeoutMs } = this.#settings;
    const preparation: Preparation = { credentials: { sasl, auth: this.#auth } };
    return probeCapabilities((ticket = newSessionTicket(sessionTimeoutMs)) =>
      this.#ensemble.connectTo(address, ticket, preparation, noEvents, this.#ending.signal),
    );
  }
}
