import type { Duplex } from 'node:stream';
import type tls from 'node:tls';
import {
  type Callback,
  Connection,
  NetworkError,
  Reader,
  type ResponseParser,
  TimeoutError,
  UnexpectedCorrelationIdError,
  Writer,
} from '@platformatic/kafka';
import type { Dial } from '../dialer.ts';
import { asError, dialedStream } from './dialed-stream.ts';
import { ReplyFrames } from './reply-frames.ts';
import { authenticateApi, SIGN_IN_KEYS, signIn } from './sasl.ts';
import type { SaslOptions } from './types.ts';

/** Part of a sign-in's lifetime after which it is renewed. */
const RENEWAL_SHARE = 0.8;
/** A timer that is set for longer goes off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const CORRELATION_BYTES = 4;

export interface DialedSettings {
  readonly dial: Dial;
  /** TLS inside the dialed stream; `servername` is the name that is asked for and checked. */
  readonly tls: tls.ConnectionOptions | undefined;
  readonly sasl: SaslOptions | undefined;
  /** Bound for the stream, TLS and sign-in together, ms. */
  readonly connectTimeoutMs: number;
  readonly requestTimeoutMs: number;
  /** Requests sent before the first reply. */
  readonly pipelined: number;
}

interface Pending {
  readonly apiKey: number;
  readonly id: number;
  readonly bytes: Buffer;
  readonly accept: (reply: Buffer) => void;
  readonly fail: (error: Error) => void;
  timer?: NodeJS.Timeout;
}

/**
 * A connection over a stream that somebody else opens. The library's own opens sockets itself and has no hook for
 * that, so what it does with its socket is done here; requests, replies and SASL mechanisms stay the library's.
 */
export class DialedConnection extends Connection {
  readonly #clientId: string;
  readonly #settings: DialedSettings;
  readonly #frames = new ReplyFrames();
  readonly #inFlight = new Map<number, Pending>();
  #waiting: Pending[] = [];
  #stream: Duplex | undefined;
  #ended: Error | undefined;
  #lastId = 0;
  /** Until it is signed in again, nothing else may be asked. */
  #renewing = false;
  #renewal: NodeJS.Timeout | undefined;

  constructor(clientId: string, settings: DialedSettings) {
    super(clientId);
    this.#clientId = clientId;
    this.#settings = settings;
  }

  /** Rejects with an error of the library, whose cause is that of the dial where it failed. */
  override async connect(host: string, port: number): Promise<void> {
    const { dial, tls: secure, sasl, connectTimeoutMs } = this.#settings;
    const deadline = new AbortController();
    const timer = setTimeout(() => {
      const late = new TimeoutError(`Connection to ${host}:${port} timed out.`);
      deadline.abort(late);
      this.#end(late);
    }, connectTimeoutMs);
    try {
      this.#listen(await dialedStream(dial, { host, port }, secure, deadline.signal));
      if (sasl !== undefined) await this.#signIn(sasl);
    } catch (error) {
      const failure = asError(error);
      this.#end(failure);
      throw failure;
    } finally {
      clearTimeout(timer);
    }
  }

  override send<Reply>(
    apiKey: number,
    apiVersion: number,
    createPayload: () => Writer | Promise<Writer>,
    parse: ResponseParser<Reply>,
    requestHasTags: boolean,
    replyHasTags: boolean,
    callback: Callback<Reply>,
  ): void {
    const id = this.#nextId();
    const fail = (error: unknown): void => callback(asError(error));
    const accept = async (reply: Buffer): Promise<Reply> => {
      const body = reply.subarray(CORRELATION_BYTES + (replyHasTags ? 1 : 0));
      return parse(id, apiKey, apiVersion, Reader.from(body));
    };
    const enqueue = async (): Promise<void> => {
      const head = Writer.create().appendInt16(apiKey).appendInt16(apiVersion).appendInt32(id);
      head.appendString(this.#clientId, false);
      if (requestHasTags) head.appendTaggedFields();
      const bytes = head.appendFrom(await createPayload()).prependLength().buffer;
      this.#waiting.push({
        apiKey,
        id,
        bytes,
        accept: (reply) => void accept(reply).then((read) => callback(null, read), fail),
        fail,
      });
      this.#sendWaiting();
    };
    enqueue().catch(fail);
  }

  override async close(): Promise<void> {
    this.#end(new NetworkError('Connection closed'));
  }

  #listen(stream: Duplex): void {
    if (this.#ended !== undefined) {
      stream.destroy();
      throw this.#ended;
    }
    this.#stream = stream;
    stream.on('data', (chunk: Buffer) => this.#receive(chunk));
    stream.on('error', (cause) => this.#end(new NetworkError('Connection error', { cause })));
    stream.on('close', () => this.#end(new NetworkError('Connection closed')));
    if (stream.destroyed) throw new NetworkError('Connection closed');
  }

  #receive(chunk: Buffer): void {
    try {
      for (const reply of this.#frames.push(chunk)) this.#accept(reply);
    } catch (error) {
      this.#end(asError(error));
    }
  }

  #accept(reply: Buffer): void {
    const id = reply.readInt32BE(0);
    const pending = this.#inFlight.get(id);
    if (pending === undefined) {
      throw new UnexpectedCorrelationIdError(`Received unexpected response with correlation_id=${id}`);
    }
    this.#inFlight.delete(id);
    clearTimeout(pending.timer);
    pending.accept(reply);
    this.#sendWaiting();
  }

  #sendWaiting(): void {
    if (this.#ended !== undefined) {
      for (const pending of this.#waiting.splice(0)) pending.fail(this.#ended);
      return;
    }
    while (this.#inFlight.size < this.#settings.pipelined) {
      const at = this.#waiting.findIndex(({ apiKey }) => !this.#renewing || SIGN_IN_KEYS.includes(apiKey));
      const [next] = at < 0 ? [] : this.#waiting.splice(at, 1);
      if (next === undefined) return;
      this.#inFlight.set(next.id, next);
      next.timer = setTimeout(
        () => this.#end(new TimeoutError('Request timed out')),
        this.#settings.requestTimeoutMs,
      );
      this.#stream?.write(next.bytes);
    }
  }

  async #signIn(sasl: SaslOptions): Promise<void> {
    const authenticate = await authenticateApi(this, this.#clientId);
    const renew = async (): Promise<void> => {
      const lifetime = await signIn(this, authenticate, sasl);
      if (lifetime <= 0) return;
      const delay = Math.min(lifetime * RENEWAL_SHARE, LONGEST_TIMER_MS);
      this.#renewal = setTimeout(() => void this.#renew(renew), delay);
    };
    await renew();
  }

  /** Brokers that limit how long a sign-in lasts drop the connection unless it is renewed before. */
  async #renew(renew: () => Promise<void>): Promise<void> {
    this.#renewing = true;
    try {
      await renew();
    } catch (error) {
      this.#end(asError(error));
    }
    this.#renewing = false;
    this.#sendWaiting();
  }

  /** Drops the stream and fails everything that waits. The first reason counts. */
  #end(reason: Error): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    clearTimeout(this.#renewal);
    this.#stream?.destroy();
    this.emit('error', reason);
    for (const pending of [...this.#inFlight.values(), ...this.#waiting.splice(0)]) {
      clearTimeout(pending.timer);
      pending.fail(reason);
    }
    this.#inFlight.clear();
    this.emit('close');
  }

  #nextId(): number {
    this.#lastId = (this.#lastId + 1) & 0x7fff_ffff;
    return this.#lastId;
  }
}
