import type { ClientChannel } from 'ssh2';
import { untilAborted } from '../../../shared/abort.ts';
import type { Dial, DialAddress } from '../dialer.ts';
import { connectSsh, type SshConnection } from './connect.ts';
import { SshError, type SshErrorCode } from './errors.ts';
import { type SignInMethods, signInMethods } from './sign-in.ts';
import { TunnelStream } from './stream.ts';
import { hostText, type SshOptions } from './types.ts';

const IDLE_MS = 60_000;
/** For that long a refusal stands without asking again, ms: an SSH host locks out who keeps on being refused. */
const REFUSAL_MS = 10_000;
const REFUSALS: readonly SshErrorCode[] = ['HostKeyUnknown', 'HostKeyChanged', 'SignInRefused'];
/** RFC 4254, 5.1. */
const CONNECT_FAILED = 2;

interface Refusal {
  readonly error: SshError;
  readonly until: number;
}

/**
 * One connection to an SSH host, shared by all streams through it. It is opened by the first of them, again after it
 * broke, and closed some time after the last.
 */
export class SshTunnel {
  readonly #options: SshOptions;
  readonly #idleMs: number;
  readonly #ended = new AbortController();
  readonly #streams = new Set<TunnelStream>();
  /** Kept: to open a key that has a passphrase takes a moment of this whole process. */
  #methods: SignInMethods | undefined;
  #connection: Promise<SshConnection> | undefined;
  #refusal: Refusal | undefined;
  #idle: NodeJS.Timeout | undefined;
  /** Calls that open it or a stream. */
  #underWay = 0;
  /** It goes for good when it is idle. */
  #retired = false;

  /** @param idleMs how long the connection is kept without a stream */
  constructor(options: SshOptions, idleMs = IDLE_MS) {
    this.#options = options;
    this.#idleMs = idleMs;
  }

  /** Opens the connection if it is not open. @throws SshError, or the signal's reason */
  async open(signal?: AbortSignal): Promise<void> {
    await this.#busy(() => this.#connected(signal));
  }

  /** Asks the host to connect to an address as it knows it. @throws SshError, or the signal's reason */
  readonly dial: Dial = (address, signal) => this.#busy(() => this.#dial(address, signal));

  /** Closes it some time after the last of its streams: for one whose settings were changed. */
  retire(): void {
    this.#retired = true;
    this.#watchIdle();
  }

  /** Closes it with all its streams. */
  close(): void {
    clearTimeout(this.#idle);
    const closed = this.#error('Closed', 'the tunnel was closed');
    this.#ended.abort(closed);
    this.#drop(closed);
  }

  async #dial(address: DialAddress, signal: AbortSignal): Promise<TunnelStream> {
    const { client, socket } = await this.#connected(signal);
    const opening = Promise.withResolvers<ClientChannel>();
    const onClose = (): void => opening.reject(this.#error('Broken', 'the connection ended', address));
    socket.once('close', onClose);
    try {
      client.forwardOut('127.0.0.1', 0, address.host, address.port, (error, channel) =>
        error === undefined ? opening.resolve(channel) : opening.reject(this.#refused(error, address)),
      );
      const channel = await untilAborted(opening.promise, signal);
      this.#ended.signal.throwIfAborted();
      return this.#follow(new TunnelStream(channel));
    } catch (error) {
      // It may still be opened, for nobody.
      opening.promise.then(
        (channel) => channel.close(),
        () => {},
      );
      throw error instanceof SshError || signal.aborted
        ? error
        : this.#error('Broken', messageOf(error), address);
    } finally {
      socket.off('close', onClose);
    }
  }

  #connected(signal: AbortSignal | undefined): Promise<SshConnection> {
    if (this.#ended.signal.aborted) return Promise.reject(this.#ended.signal.reason);
    if (this.#refusal !== undefined && performance.now() < this.#refusal.until) {
      return Promise.reject(this.#refusal.error);
    }
    this.#connection ??= this.#begin();
    return untilAborted(this.#connection, signal);
  }

  /** What an earlier connection still has to tell is no news of the one that is there by then. */
  #begin(): Promise<SshConnection> {
    const connecting = this.#connect();
    /** The first reason counts: what follows it is its consequence. */
    const lost = (problem: string): void => {
      if (this.#connection === connecting) this.#drop(this.#error('Broken', problem));
    };
    connecting.then(
      ({ client, socket }) => {
        client.on('error', (error) => lost(error.message));
        socket.once('close', () => lost('the SSH host closed the connection'));
      },
      (error: unknown) => {
        if (this.#connection === connecting) this.#failed(error);
      },
    );
    return connecting;
  }

  async #connect(): Promise<SshConnection> {
    this.#methods ??= signInMethods(this.#options);
    // Whoever asked first may stop waiting while others still do.
    return connectSsh(this.#options, this.#methods, this.#ended.signal);
  }

  #failed(error: unknown): void {
    this.#connection = undefined;
    if (error instanceof SshError && REFUSALS.includes(error.code)) {
      this.#refusal = { error, until: performance.now() + REFUSAL_MS };
    }
  }

  #follow(stream: TunnelStream): TunnelStream {
    this.#streams.add(stream);
    // Whoever has it listens; until then an error must not end the process.
    stream.on('error', () => {});
    stream.once('close', () => {
      this.#streams.delete(stream);
      this.#watchIdle();
    });
    return stream;
  }

  #drop(error?: SshError): void {
    const connection = this.#connection;
    this.#connection = undefined;
    for (const stream of this.#streams) stream.destroy(error);
    connection?.then(
      ({ client, socket }) => {
        client.end();
        socket.destroySoon();
      },
      () => {},
    );
  }

  /** Keeps the connection while the work goes on. */
  async #busy<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay += 1;
    clearTimeout(this.#idle);
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
      this.#watchIdle();
    }
  }

  #watchIdle(): void {
    clearTimeout(this.#idle);
    if (this.#underWay > 0 || this.#streams.size > 0) return;
    this.#idle = setTimeout(() => (this.#retired ? this.close() : this.#drop()), this.#idleMs);
    this.#idle.unref();
  }

  #refused(error: Error, address: DialAddress): SshError {
    const code = 'reason' in error ? Number(error.reason) : undefined;
    // Without a reason from the host, it is the connection that went.
    if (code === undefined) return this.#error('Broken', error.message, address);
    const reason = error.message.replace(/^\(SSH\) Channel open failure: /, '');
    const problem = code === CONNECT_FAILED ? `it cannot connect there: ${reason}` : reason;
    return this.#error(code === CONNECT_FAILED ? 'TargetUnreachable' : 'ForwardingRefused', problem, address);
  }

  #error(code: SshErrorCode, problem: string, target?: DialAddress): SshError {
    return new SshError(code, {
      host: hostText(this.#options),
      user: this.#options.user,
      problem,
      ...(target === undefined ? {} : { target: `${target.host}:${target.port}` }),
    });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
