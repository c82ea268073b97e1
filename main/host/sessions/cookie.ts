import type { IncomingMessage } from 'node:http';
import type { Door } from '../web/door.ts';
import { LIFE_MILLISECONDS } from './session-store.ts';

/** Cookies do not know ports: the name has it, so that hosts on one machine do not sign each other out. */
function nameFor({ port, scheme }: Door): string {
  // Browsers take a __Host- cookie only from TLS, for this very host name and all paths.
  return scheme === 'https' ? `__Host-holdfast-${port}` : `holdfast-${port}`;
}

/** The session's id as the request's cookie has it. */
export function cookieOf(request: IncomingMessage, door: Door): string | undefined {
  const wanted = `${nameFor(door)}=`;
  const pair = (request.headers.cookie ?? '').split(';').find((text) => text.trim().startsWith(wanted));
  const value = pair?.trim().slice(wanted.length);
  return value === '' ? undefined : value;
}

/** `Set-Cookie` that keeps a session's id where no script and no other site can use it. */
export function keepCookie(id: string, door: Door): string {
  return written(`${nameFor(door)}=${id}`, LIFE_MILLISECONDS / 1000, door);
}

/** `Set-Cookie` that makes the browser forget it. */
export function dropCookie(door: Door): string {
  return written(`${nameFor(door)}=`, 0, door);
}

function written(pair: string, seconds: number, { scheme }: Door): string {
  const secure = scheme === 'https' ? '; Secure' : '';
  return `${pair}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure}`;
}
