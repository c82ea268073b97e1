import type { Duplex } from 'node:stream';
import type { Dial } from '../dialer.ts';
import { formatServer, type ServerAddress } from './connect-string.ts';
import { dial, socketError } from './dial.ts';
import { errorCodeOf, ZooKeeperError } from './errors.ts';
import type { Sendable } from './exchange.ts';
import { FrameSplitter } from './frame-splitter.ts';
import { type HandshakeReply, readHandshake, type SessionTicket, writeHandshake } from './handshake.ts';
import { InFlight } from './in-flight.ts';
import { JuteFormatError, JuteReader } from './jute-reader.ts';
import { JuteWriter } from './jute-writer.ts';
import { Liveness } from './liveness.ts';
import { OpCode, Xid } from './opcodes.ts';
import type { TlsOptions } from './types.ts';

/** How to open a connection and what to bear from its peer. */
export interface ConnectionSettings {
  readonly tls: TlsOptions | undefined;
  /** Undefined: this machine's own network. */
  readonly dial: Dial | undefined;
  readonly replyTimeoutMs: number;
  readonly maxFrameBytes: number;
}

/** What a connection reports by itself. Both are called while it handles input, and must not throw. */
export interface ConnectionEvents {
  readonly onWatchEvent: (body: JuteReader, zxid: bigint) => void;
  /** Called once, after all that was in flight has failed. */
  readonly onEnd: (connection: Connection, reason: ZooKeeperError) => void;
}

/** A request with a fixed id beside the numbered ones: authentication, watches to set again. */
interface ControlRequest {
  readonly xid: number;
  readonly op: string;
  readonly resolve: () => void;
  readonly reject: (error: ZooKeeperError) => void;
}

/** Above this much unsent output the tick is not waited for. */
const flushAt = 256 * 1024;
/** Writes from this size on may be what the server's frame limit refused. */
const suspectWriteBytes = 512 * 1024;
const replyHeaderBytes = 16;

/**
 * One socket to one server, after the session handshake: frames out, replies in, in order. It lives once:
 * the first fault ends it, fails all that is in flight, and is reported.
 */
export class Connection {
  readonly address: ServerAddress;
  #socket: Duplex;
  #settings: ConnectionSettings;
  #events: ConnectionEvents;
  #splitter: FrameSplitter;
  #reader = new JuteReader();
  #writer = new JuteWriter();
  #inFlight = new InFlight();
  #control: ControlRequest[] = [];
  #handshake: PromiseWithResolvers<HandshakeReply> | undefined;
  #liveness: Liveness | undefined;
  #ended: ZooKeeperError | undefined;
  #nextXid = 1;
  #flushScheduled = false;
  #lastZxid: bigint;
  #ticket: SessionTicket;

  private constructor(
    address: ServerAddress,
    socket: Duplex,
    ticket: SessionTicket,
    settings: ConnectionSettings,
    events: ConnectionEvents,
  ) {
    this.address = address;
    this.#socket = socket;
    this.#ticket = ticket;
    this.#lastZxid = ticket.lastZxid;
    this.#settings = settings;
    this.#events = events;
    this.#splitter = new FrameSplitter(settings.maxFrameBytes, (bytes, view, start, end) => {
      this.#reader.reset(bytes, view, start, end);
      this.#acceptFrame(this.#reader);
    });
  }

  /**
   * Connects and begins or resumes the session of `ticket`. Rejects with `SessionExpired` where the server
   * no longer knows it, else with `ConnectionLoss`, `TlsFailed`, `ProtocolError` or the signal's reason.
   */
  static async open(
    address: ServerAddress,
    ticket: SessionTicket,
    settings: ConnectionSettings,
    events: ConnectionEvents,
    signal: AbortSignal,
  ): Promise<Connection> {
    const socket = await dial(address, settings, signal);
    const connection = new Connection(address, socket, ticket, settings, events);
    const onAbort = (): void => connection.end(connection.#loss('given up', signal.reason));
    signal.addEventListener('abort', onAbort);
    try {
      await connection.#shakeHands();
      return connection;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** What it takes to resume this session on another connection. */
  get ticket(): SessionTicket {
    return { ...this.#ticket, lastZxid: this.#lastZxid };
  }

  get lastZxid(): bigint {
    return this.#lastZxid;
  }

  /** Why it ended; undefined while it lives. */
  get ended(): ZooKeeperError | undefined {
    return this.#ended;
  }

  /** Sends an exchange with the next flush. */
  send(exchange: Sendable): void {
    if (this.#ended !== undefined) {
      exchange.fail('ConnectionLoss', { cause: this.#ended });
      return;
    }
    if (!this.#encode(exchange)) return;
    if (this.#inFlight.empty) this.#liveness?.progressed();
    this.#inFlight.push(exchange);
    this.#scheduleFlush();
  }

  /** Sends a request under a fixed id; resolves with its reply. */
  sendControl(xid: number, opcode: number, op: string, encode: (w: JuteWriter) => void): Promise<void> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#control.push({ xid, op, resolve, reject });
    this.#writeFrame(xid, opcode, encode);
    return promise;
  }

  /** Drops the socket and fails all that is in flight with the code of `reason`. */
  end(reason: ZooKeeperError): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    this.#liveness?.stop();
    this.#socket.destroy();
    this.#handshake?.reject(reason);
    for (const request of this.#control.splice(0)) request.reject(reason);
    const lost = this.#inFlight.drain();
    const message = [reason.detail, oversizeHint(lost)].filter((part) => part !== '').join('; ');
    for (const exchange of lost) {
      if (!exchange.settled) exchange.fail(reason.code, { message, cause: reason, sent: true });
    }
    this.#events.onEnd(this, reason);
  }

  async #shakeHands(): Promise<void> {
    const handshake = Promise.withResolvers<HandshakeReply>();
    this.#handshake = handshake;
    this.#listen();
    const mark = this.#writer.beginFrame();
    writeHandshake(this.#writer, this.#ticket);
    this.#writer.endFrame(mark);
    this.#flush();
    const reply = await handshake.promise;
    if (this.#ended !== undefined) throw this.#ended;
    if (reply.timeoutMs <= 0) {
      const expired = new ZooKeeperError('SessionExpired', { op: 'connect' });
      this.end(expired);
      throw expired;
    }
    this.#ticket = { ...reply, lastZxid: this.#lastZxid };
    this.#liveness = new Liveness({
      sessionTimeoutMs: reply.timeoutMs,
      replyTimeoutMs: this.#settings.replyTimeoutMs,
      ping: () => this.#writeFrame(Xid.ping, OpCode.ping, () => {}),
      busy: () => !this.#inFlight.empty || this.#control.length > 0,
      fail: (message) => this.end(this.#loss(message)),
    });
  }

  #listen(): void {
    this.#socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.#socket.on('error', (error) => this.end(socketError(this.address, error)));
    this.#socket.on('close', () => this.end(this.#loss('the server closed the connection')));
    if (this.#socket.destroyed) this.end(this.#loss('the server closed the connection'));
  }

  #receive(chunk: Buffer): void {
    if (this.#ended !== undefined) return;
    this.#liveness?.received();
    try {
      this.#splitter.push(chunk);
    } catch (error) {
      this.end(this.#violation(error instanceof Error ? error : new JuteFormatError(String(error))));
    }
  }

  #acceptFrame(r: JuteReader): void {
    if (this.#ended !== undefined) return;
    const handshake = this.#handshake;
    if (handshake !== undefined) {
      handshake.resolve(readHandshake(r));
      this.#handshake = undefined;
      return;
    }
    if (r.remaining < replyHeaderBytes) throw new JuteFormatError('a frame is shorter than a reply header');
    const xid = r.int();
    const zxid = r.long();
    const error = r.int();
    if (zxid > this.#lastZxid) this.#lastZxid = zxid;
    if (xid > 0) this.#acceptReply(xid, error, zxid, r);
    else if (xid === Xid.watchEvent) this.#events.onWatchEvent(r, zxid);
    else if (xid !== Xid.ping) this.#acceptControl(xid, error);
  }

  #acceptReply(xid: number, error: number, zxid: bigint, body: JuteReader): void {
    const exchange = this.#inFlight.peek();
    const expected = exchange === undefined ? undefined : exchange.firstXid + exchange.answered;
    if (exchange === undefined || xid !== expected) {
      throw new JuteFormatError(`a reply to request ${xid} came where ${expected ?? 'none'} was expected`);
    }
    const index = exchange.answered++;
    this.#liveness?.progressed();
    if (!exchange.settled) exchange.accept(index, error, zxid, body);
    if (exchange.answered === exchange.frames) this.#inFlight.shift();
  }

  #acceptControl(xid: number, error: number): void {
    const at = this.#control.findIndex((request) => request.xid === xid);
    const [request] = at < 0 ? [] : this.#control.splice(at, 1);
    if (request === undefined) throw new JuteFormatError(`a reply with the unexpected id ${xid}`);
    this.#liveness?.progressed();
    if (error === 0) request.resolve();
    else request.reject(new ZooKeeperError(errorCodeOf(error), { op: request.op }));
  }

  /** False where it cannot be encoded; nothing of it is sent then, and it has failed. */
  #encode(exchange: Sendable): boolean {
    const start = this.#writer.length;
    exchange.firstXid = this.#takeXids(exchange.frames);
    try {
      for (let index = 0; index < exchange.frames; index++) {
        const mark = this.#writer.beginFrame();
        this.#writer.int(exchange.firstXid + index);
        exchange.encode(this.#writer, index);
        exchange.largestFrame = Math.max(exchange.largestFrame, this.#writer.endFrame(mark));
      }
      return true;
    } catch (error) {
      this.#writer.rewind(start);
      exchange.fail('BadArguments', { message: error instanceof Error ? error.message : '', cause: error });
      return false;
    }
  }

  #writeFrame(xid: number, opcode: number, encode: (w: JuteWriter) => void): void {
    const mark = this.#writer.beginFrame();
    this.#writer.int(xid);
    this.#writer.int(opcode);
    encode(this.#writer);
    this.#writer.endFrame(mark);
    this.#scheduleFlush();
  }

  /** Ids of one exchange follow each other, so they start afresh before they would overflow. */
  #takeXids(count: number): number {
    if (this.#nextXid + count > 0x7fff_ffff) this.#nextXid = 1;
    const first = this.#nextXid;
    this.#nextXid += count;
    return first;
  }

  #scheduleFlush(): void {
    if (this.#writer.length >= flushAt) this.#flush();
    else if (!this.#flushScheduled) {
      this.#flushScheduled = true;
      setImmediate(() => {
        this.#flushScheduled = false;
        this.#flush();
      });
    }
  }

  #flush(): void {
    if (this.#ended !== undefined || this.#writer.length === 0) return;
    const bytes = this.#writer.take();
    this.#socket.write(bytes, () => this.#writer.giveBack(bytes));
    this.#liveness?.sent();
  }

  #loss(message: string, cause?: unknown): ZooKeeperError {
    return new ZooKeeperError('ConnectionLoss', {
      message: `${formatServer(this.address)}: ${message}`,
      cause,
    });
  }

  #violation(cause: Error): ZooKeeperError {
    return new ZooKeeperError('ProtocolError', {
      message: `${formatServer(this.address)}: ${cause.message}`,
      cause,
    });
  }
}

/** A server drops the connection, without a word, on a frame above its limit. */
function oversizeHint(lost: readonly Sendable[]): string {
  const largest = lost.reduce(
    (most, { subject, largestFrame }) => Math.max(most, subject.isWrite ? largestFrame : 0),
    0,
  );
  if (largest < suspectWriteBytes) return '';
  return `a write of ${largest} bytes was in flight: the server refuses frames above its jute.maxbuffer (1 MiB unless set)`;
}
