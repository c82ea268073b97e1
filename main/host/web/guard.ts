import type { IncomingMessage } from 'node:http';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import { type Door, isOwnOrigin } from './door.ts';

/** Requests that change nothing. */
const SAFE_METHODS = ['GET', 'HEAD'];

/**
 * Refuses what no honest client of this host sends: another Host (DNS rebinding), another Origin (a foreign
 * web page), a body of unknown size.
 * @throws HoldfastError `host.forbidden` or `host.too-large`
 */
export function guardRequest(request: IncomingMessage, door: Door): void {
  const { host, origin } = request.headers;
  if (host === undefined || !door.authorities.includes(host.toLowerCase())) {
    throw new HoldfastError('host.forbidden', { problem: detail('host-header') });
  }
  if (origin !== undefined && !isOwnOrigin(door, origin)) {
    throw new HoldfastError('host.forbidden', { problem: detail('another-origin') });
  }
}

/**
 * Lets a body pass whose size is told beforehand and within `limit` bytes.
 * @throws HoldfastError `host.too-large`
 */
export function guardBody(request: IncomingMessage, limit: number): void {
  const length = Number(request.headers['content-length'] ?? 0);
  if (request.headers['transfer-encoding'] !== undefined || !(length <= limit)) {
    throw new HoldfastError('host.too-large', { limit });
  }
}

/**
 * Lets a request that is known by its cookie pass only when a page of ours sent it: browsers add cookies to what
 * other pages send too, and SameSite does not tell the ports of one machine apart.
 * @throws HoldfastError `host.forbidden`
 */
export function guardCookieUse(request: IncomingMessage): void {
  const { origin, upgrade } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const changes = upgrade !== undefined || !SAFE_METHODS.includes(request.method ?? '');
  // `guardRequest` has seen to it that an Origin is ours.
  if (changes && origin === undefined) {
    throw new HoldfastError('host.forbidden', {
      problem: detail('cookie-alone'),
    });
  }
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new HoldfastError('host.forbidden', { problem: detail('another-site') });
  }
}
