import type { IncomingMessage } from 'node:http';

/** One address that the host listens on, as requests see it. */
export interface Door {
  readonly scheme: 'http' | 'https';
  readonly port: number;
  /** Host headers that it may be called by; anything else is DNS rebinding. */
  readonly authorities: readonly string[];
  /** Only this machine can come in here, so the host's own token counts. */
  readonly isLocal: boolean;
}

/** Whether an Origin header names a page that this host served. */
export function isOwnOrigin({ scheme, authorities }: Door, origin: string): boolean {
  return authorities.some((own) => origin.toLowerCase() === `${scheme}://${own}`);
}

/** The address that a request came from, without the notation that IPv6 sockets give to IPv4. */
export function remoteOf(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? 'unknown').replace(/^::ffff:(?=\d+\.)/, '');
}
