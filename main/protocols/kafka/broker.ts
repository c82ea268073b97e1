import { isIP } from 'node:net';
import { apiVersionsV3, Connection, ResponseError } from '@platformatic/kafka';
import { untilAborted } from '../../../shared/abort.ts';
import type { Dial } from '../dialer.ts';
import { DialedConnection } from './dialed-connection.ts';
import { KafkaError } from './errors.ts';
import { translated } from './failure.ts';
import { type ApiRanges, negotiate, type Request } from './request.ts';
import type { Pace, SaslOptions, ServerAddress, TlsOptions } from './types.ts';

/** Connections to one broker: it works on one request per connection at a time. */
const LANES = 6;
/** Requests sent on a connection before the first reply. */
const PIPELINED = 4;
const KEEPALIVE_MS = 30_000;

export interface BrokerSettings {
  readonly clientId: string;
  readonly tls: TlsOptions | undefined;
  readonly sasl: SaslOptions | undefined;
  /** Undefined: this machine's own network. */
  readonly dial: Dial | undefined;
  readonly connectTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly pace: Pace;
}

export interface SendOptions {
  readonly signal?: AbortSignal | undefined;
  /** Objects that the request asks about, for the load limits. Default 1. */
  readonly objects?: number;
  /** A write: when its reply is lost, its outcome is unknown. */
  readonly write?: boolean;
}

interface Lane {
  readonly connection: Connection;
  /** The versions that the broker speaks. */
  readonly ranges: ApiRanges;
  /** Why the connection ended, where the socket told. */
  readonly fault: () => Error | undefined;
}

/** A place for a connection, which is opened when there is something to send on it, and again when it was lost. */
interface Berth {
  lane: Promise<Lane> | undefined;
  /** Requests that somebody waits for. */
  underWay: number;
}

/** One broker, over as many connections as it takes. They are opened when needed, and again when lost. */
export class Broker {
  readonly address: ServerAddress;
  readonly #settings: BrokerSettings;
  readonly #berths: readonly Berth[] = Array.from({ length: LANES }, () => ({
    lane: undefined,
    underWay: 0,
  }));
  /** The lanes that are open. */
  readonly #open = new Map<Lane, Berth>();
  #closed = false;

  constructor(address: ServerAddress, settings: BrokerSettings) {
    this.address = address;
    this.#settings = settings;
  }

  /**
   * Sends one request and gives its reply, error codes in it and all.
   * @throws KafkaError when there is no reply, `Unsupported` when the broker knows none of the versions.
   */
  async send<Arguments extends unknown[], Reply>(
    request: Request<Arguments, Reply>,
    values: Arguments,
    { signal, objects = 1, write = false }: SendOptions = {},
  ): Promise<Reply> {
    return this.#settings.pace.run(objects, signal, async () => {
      const berth = this.#leastBusy();
      berth.underWay++;
      try {
        const lane = await untilAborted(this.#laneOf(berth), signal);
        const version = negotiate(request, lane.ranges);
        if (version === undefined) throw this.#unsupported(request.name);
        const reply = replyOf(version.async(lane.connection, ...values)).catch((error: unknown) => {
          throw this.#failed(lane, error, request.name, write);
        });
        return await untilAborted(reply, signal);
      } finally {
        berth.underWay--;
      }
    });
  }

  /** Whether this broker speaks the request in one of its versions. */
  async knows<Arguments extends unknown[], Reply>(
    request: Request<Arguments, Reply>,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    return (
      negotiate(request, (await untilAborted(this.#laneOf(this.#leastBusy()), signal)).ranges) !== undefined
    );
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#berths.map(async ({ lane }) => (await lane)?.connection.close()).map(quietly));
  }

  /** So that what is quickly told does not wait behind what takes long. */
  #leastBusy(): Berth {
    return this.#berths.reduce((best, each) => (each.underWay < best.underWay ? each : best));
  }

  #laneOf(berth: Berth): Promise<Lane> {
    if (this.#closed) throw new KafkaError('Closed', { subject: this.#name });
    berth.lane ??= this.#opened(berth);
    return berth.lane;
  }

  async #opened(berth: Berth): Promise<Lane> {
    try {
      const lane = await this.#connect();
      this.#open.set(lane, berth);
      lane.connection.once('close', () => this.#forget(lane));
      lane.connection.once('error', () => this.#forget(lane));
      return lane;
    } catch (error) {
      berth.lane = undefined;
      throw error;
    }
  }

  #forget(lane: Lane): void {
    const berth = this.#open.get(lane);
    if (berth === undefined) return;
    this.#open.delete(lane);
    berth.lane = undefined;
  }

  async #connect(): Promise<Lane> {
    const { clientId } = this.#settings;
    const { host, port } = this.address;
    const connection = this.#newConnection(host);
    let fault: Error | undefined;
    connection.on('error', (error) => {
      fault ??= error;
    });
    try {
      await connection.connect(host, port);
      // So that a connection that is silent for long is neither forgotten on the way nor waited on when it was.
      if (!(connection instanceof DialedConnection)) connection.socket.setKeepAlive(true, KEEPALIVE_MS);
      const told = await apiVersionsV3.api.async(connection, clientId, '1');
      return { connection, ranges: rangesOf(told.apiKeys), fault: () => fault };
    } catch (error) {
      quietly(connection.close());
      throw translated(fault ?? error, { subject: this.#name });
    }
  }

  #newConnection(host: string): Connection {
    const { clientId, tls, sasl, dial, connectTimeoutMs, requestTimeoutMs } = this.#settings;
    const name = tls?.serverName ?? host;
    if (dial !== undefined) {
      const secured = tls && { ...secure(tls), ...(isIP(name) === 0 ? { servername: name } : {}) };
      const pipelined = PIPELINED;
      return new DialedConnection(clientId, {
        dial,
        tls: secured,
        sasl,
        connectTimeoutMs,
        requestTimeoutMs,
        pipelined,
      });
    }
    return new Connection(clientId, {
      connectTimeout: connectTimeoutMs,
      requestTimeout: requestTimeoutMs,
      maxInflights: PIPELINED,
      ...(tls === undefined ? {} : { tls: secure(tls), tlsServerName: tls.serverName ?? isIP(host) === 0 }),
      ...(sasl === undefined ? {} : { sasl: { ...sasl } }),
    });
  }

  #failed(lane: Lane, error: unknown, name: string, write: boolean): KafkaError {
    const failure = translated(lane.fault() ?? error, {
      subject: `${this.#name}: ${name}`,
      ...(write ? { outcomeUnknown: true } : {}),
    });
    // A reply that could not be read leaves nothing to rely on in what follows it.
    if (failure.code === 'ProtocolError') quietly(lane.connection.close());
    if (failure.code === 'TimedOut') this.#distrust(lane);
    return failure;
  }

  /** Where one connection was forgotten on the way, those that nothing came over either most likely were, too. */
  #distrust(silent: Lane): void {
    this.#forget(silent);
    for (const [lane, { underWay }] of [...this.#open]) {
      if (underWay > 0) continue;
      this.#forget(lane);
      quietly(lane.connection.close());
    }
  }

  #unsupported(name: string): KafkaError {
    return new KafkaError('Unsupported', {
      subject: name,
      message: `${this.#name} does not know this request`,
    });
  }

  get #name(): string {
    return `${this.address.host}:${this.address.port}`;
  }
}

/** The library throws replies that carry an error code anywhere; callers look at every code themselves. */
async function replyOf<Reply>(answer: Promise<Reply>): Promise<Reply> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ResponseError && 'response' in error) return error.response as Reply;
    throw error;
  }
}

function secure({ ca, cert, key, verify }: TlsOptions): {
  ca?: string;
  cert?: string;
  key?: string;
  rejectUnauthorized: boolean;
} {
  return {
    rejectUnauthorized: verify ?? true,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

function rangesOf(
  keys: readonly { readonly apiKey: number; readonly minVersion: number; readonly maxVersion: number }[],
): ApiRanges {
  return new Map(
    keys.map(({ apiKey, minVersion, maxVersion }) => [apiKey, { min: minVersion, max: maxVersion }]),
  );
}

function quietly(work: Promise<unknown>): Promise<void> {
  return work.then(
    () => {},
    () => {},
  );
}
