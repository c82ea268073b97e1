import type { JuteReader } from './jute-reader.ts';
import type { JuteWriter } from './jute-writer.ts';

/** What identifies a session to any server of the ensemble. */
export interface SessionTicket {
  /** 0n asks for a new session. */
  readonly sessionId: bigint;
  /** Secret of the session; 16 zero bytes for a new one. */
  readonly password: Buffer;
  /** Asked for in a request, granted in a reply, ms. */
  readonly timeoutMs: number;
  /** Newest transaction seen: a server that lags behind it refuses the session. */
  readonly lastZxid: bigint;
}

/** `ConnectResponse`. A timeout of 0 or less says that the session is expired. */
export type HandshakeReply = Omit<SessionTicket, 'lastZxid'>;

const passwordBytes = 16;

/** Ticket for a session that does not exist yet, at a server that does not lag behind `lastZxid`. */
export function newSessionTicket(timeoutMs: number, lastZxid = 0n): SessionTicket {
  return { sessionId: 0n, password: Buffer.alloc(passwordBytes), timeoutMs, lastZxid };
}

/** `ConnectRequest`, protocol version 0, for a server that may also write. */
export function writeHandshake(w: JuteWriter, ticket: SessionTicket): void {
  w.int(0);
  w.long(ticket.lastZxid);
  w.int(ticket.timeoutMs);
  w.long(ticket.sessionId);
  w.buffer(ticket.password);
  w.bool(false);
}

/** The read-only flag behind the password, which old servers leave out, is not needed. */
export function readHandshake(r: JuteReader): HandshakeReply {
  r.int();
  const timeoutMs = r.int();
  const sessionId = r.long();
  return { timeoutMs, sessionId, password: Buffer.from(r.buffer() ?? Buffer.alloc(passwordBytes)) };
}
