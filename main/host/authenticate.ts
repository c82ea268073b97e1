import type { IncomingMessage } from 'node:http';
import { readProtocols } from '../../shared/contract/handshake.ts';
import { HoldfastError } from '../../shared/errors/error.ts';
import { sameToken } from './token.ts';

const BEARER = /^Bearer +([\w-]+)$/i;

/**
 * Lets a request pass when it carries the host's token, in `Authorization: Bearer` or, from a browser's
 * WebSocket, as an offered subprotocol. A token in the URL is not looked at: URLs end up in logs.
 * @throws HoldfastError `host.unauthorized`
 */
export function authenticate(request: IncomingMessage, token: string): void {
  const given = BEARER.exec(request.headers.authorization ?? '')?.[1] ?? offered(request).token;
  if (given === undefined || !sameToken(given, token)) throw new HoldfastError('host.unauthorized');
}

/** The subprotocols that a WebSocket request offers. */
export function offered(request: IncomingMessage): ReturnType<typeof readProtocols> {
  const header = request.headers['sec-websocket-protocol'] ?? '';
  return readProtocols(header.split(',').map((name) => name.trim()));
}
