import type { IncomingMessage } from 'node:http';
import { HoldfastError } from '../../shared/errors/error.ts';
import { ownAuthorities } from './address.ts';

/** Bytes that the body of a plain HTTP request may have: nothing served so far needs more. */
const BODY_LIMIT = 64 * 1024;

/**
 * Refuses what no honest client of this host sends: another Host (DNS rebinding), another Origin (a foreign
 * web page), a body that is too large or of unknown size.
 * @throws HoldfastError `host.forbidden` or `host.too-large`
 */
export function guardRequest(request: IncomingMessage, port: number): void {
  const authorities = ownAuthorities(port);
  const { host, origin } = request.headers;
  if (host === undefined || !authorities.includes(host.toLowerCase())) {
    throw new HoldfastError('host.forbidden', { problem: 'its Host header is not the address of this host' });
  }
  if (origin !== undefined && !authorities.some((own) => origin.toLowerCase() === `http://${own}`)) {
    throw new HoldfastError('host.forbidden', { problem: 'it comes from another origin' });
  }
  const length = Number(request.headers['content-length'] ?? 0);
  if (request.headers['transfer-encoding'] !== undefined || !(length <= BODY_LIMIT)) {
    throw new HoldfastError('host.too-large', { limit: BODY_LIMIT });
  }
}
