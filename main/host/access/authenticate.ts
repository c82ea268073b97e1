import type { IncomingMessage } from 'node:http';
import { readProtocols } from '../../../shared/contract/handshake.ts';
import { LOCAL_USER } from '../../../shared/contract/session.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { cookieOf } from '../sessions/cookie.ts';
import type { Session, SessionStore } from '../sessions/session-store.ts';
import { sameToken } from '../sessions/token.ts';
import { type Door, remoteOf } from '../web/door.ts';
import { guardCookieUse } from '../web/guard.ts';
import type { Admission } from './caller.ts';

const BEARER = /^Bearer +([\w-]+)$/i;

/** What requests are known by. */
export interface Credentials {
  /** The host's own token. */
  readonly token: string;
  readonly sessions: SessionStore;
}

/**
 * Lets a request pass when it carries the host's token or a session's: in `Authorization: Bearer` or, from a
 * WebSocket that cannot set headers, as an offered subprotocol. Else a session's cookie, from a page of ours. A token
 * in the URL is not looked at: URLs end up in logs.
 * @throws HoldfastError `host.unauthorized`, `host.forbidden`
 */
export async function authenticate(
  request: IncomingMessage,
  door: Door,
  { token, sessions }: Credentials,
): Promise<Admission> {
  const given = bearerOf(request) ?? offered(request).token;
  if (given !== undefined) {
    if (door.isLocal && sameToken(given, token)) return ownAdmission(request);
    return sessionAdmission(request, () => sessions.find(given, 'bearer'));
  }
  const cookie = cookieOf(request, door);
  if (cookie === undefined) throw new HoldfastError('host.unauthorized');
  guardCookieUse(request);
  return sessionAdmission(request, () => sessions.find(cookie, 'cookie'));
}

/** The token in the `Authorization` header. */
export function bearerOf(request: IncomingMessage): string | undefined {
  return BEARER.exec(request.headers.authorization ?? '')?.[1];
}

/** The subprotocols that a WebSocket request offers. */
export function offered(request: IncomingMessage): ReturnType<typeof readProtocols> {
  const header = request.headers['sec-websocket-protocol'] ?? '';
  return readProtocols(header.split(',').map((name) => name.trim()));
}

function ownAdmission(request: IncomingMessage): Admission {
  const caller = { user: LOCAL_USER, role: 'admin', remote: remoteOf(request) } as const;
  return { caller, isValid: async () => true };
}

async function sessionAdmission(
  request: IncomingMessage,
  find: () => Promise<Session | undefined>,
): Promise<Admission> {
  const session = await find();
  if (session === undefined) throw new HoldfastError('host.unauthorized');
  const { user, role, ended } = session;
  const caller = { user, role, remote: remoteOf(request) };
  return { caller, session: session.digest, ended, isValid: async () => (await find()) !== undefined };
}
