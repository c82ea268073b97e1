import { isIP } from 'node:net';
import { apiVersionsV3, Connection, ResponseError } from '@platformatic/kafka';
import { untilAborted } from '../../../shared/abort.ts';
import { KafkaError } from './errors.ts';
import { translated } from './failure.ts';
import { type ApiRanges, negotiate, type Request } from './request.ts';
import type { Pace, SaslOptions, ServerAddress, TlsOptions } from './types.ts';

/** Connections to one broker: it works on one request per connection at a time. */
const LANES = 2;
/** Requests sent on a connection before the first reply. */
const PIPELINED = 4;
const KEEPALIVE_MS = 30_000;

export interface BrokerSettings {
  readonly clientId: string;
  readonly tls: TlsOptions | undefined;
  readonly sasl: SaslOptions | undefined;
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
  /** Requests that wait for their replies. */
  underWay: number;
}

/** One broker, over as many connections as it takes. They are opened when needed, and again when lost. */
export class Broker {
  readonly address: ServerAddress;
  readonly #settings: BrokerSettings;
  readonly #lanes: (Promise<Lane> | undefined)[] = Array.from({ length: LANES });
  /** Those of the lanes that are open, with their places. */
  readonly #open = new Map<Lane, number>();
  #turn = 0;
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
      const lane = await untilAborted(this.#lane(), signal);
      const version = negotiate(request, lane.ranges);
      if (version === undefined) throw this.#unsupported(request.name);
      lane.underWay++;
      const reply = replyOf(version.async(lane.connection, ...values))
        .finally(() => {
          lane.underWay--;
        })
        .catch((error: unknown) => {
          throw this.#failed(lane, error, request.name, write);
        });
      return untilAborted(reply, signal);
    });
  }

  /** Whether this broker speaks the request in one of its versions. */
  async knows<Arguments extends unknown[], Reply>(
    request: Request<Arguments, Reply>,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    return negotiate(request, (await untilAborted(this.#lane(), signal)).ranges) !== undefined;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const lanes = this.#lanes.splice(0);
    await Promise.all(lanes.map(async (lane) => (await lane)?.connection.close()).map(quietly));
  }

  #lane(): Promise<Lane> {
    if (this.#closed) throw new KafkaError('Closed', { subject: this.#name });
    const place = this.#turn++ % LANES;
    const lane = this.#lanes[place] ?? this.#opened(place);
    this.#lanes[place] = lane;
    return lane;
  }

  async #opened(place: number): Promise<Lane> {
    try {
      const lane = await this.#connect();
      this.#open.set(lane, place);
      lane.connection.once('close', () => this.#forget(lane));
      lane.connection.once('error', () => this.#forget(lane));
      return lane;
    } catch (error) {
      this.#lanes[place] = undefined;
      throw error;
    }
  }

  #forget(lane: Lane): void {
    const place = this.#open.get(lane);
    if (place === undefined) return;
    this.#open.delete(lane);
    this.#lanes[place] = undefined;
  }

  async #connect(): Promise<Lane> {
    const { clientId, tls, sasl, connectTimeoutMs, requestTimeoutMs } = this.#settings;
    const { host, port } = this.address;
    const connection = new Connection(clientId, {
      connectTimeout: connectTimeoutMs,
      requestTimeout: requestTimeoutMs,
      maxInflights: PIPELINED,
      ...(tls === undefined ? {} : { tls: secure(tls), tlsServerName: tls.serverName ?? isIP(host) === 0 }),
      ...(sasl === undefined ? {} : { sasl: { ...sasl } }),
    });
    let fault: Error | undefined;
    connection.on('error', (error) => {
      fault ??= error;
    });
    try {
      await connection.connect(host, port);
      // So that a connection that is silent for long is neither forgotten on the way nor waited on when it was.
      connection.socket.setKeepAlive(true, KEEPALIVE_MS);
      const told = await apiVersionsV3.api.async(connection, clientId, '1');
      return { connection, ranges: rangesOf(told.apiKeys), fault: () => fault, underWay: 0 };
    } catch (error) {
      quietly(connection.close());
      throw translated(fault ?? error, { subject: this.#name });
    }
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
    for (const lane of [...this.#open.keys()].filter(({ underWay }) => underWay === 0)) {
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
