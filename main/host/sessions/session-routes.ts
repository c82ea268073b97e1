import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  LOCAL_USER,
  SESSION_PATH,
  type SessionState,
  type SignIn,
  signIn,
} from '../../../shared/contract/session.ts';
import { reportError } from '../../../shared/errors/error.ts';
import { bearerOf } from '../access/authenticate.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Logger } from '../log.ts';
import { type Door, remoteOf } from '../web/door.ts';
import { guardCookieUse } from '../web/guard.ts';
import { readJson } from '../web/read-json.ts';
import type { OpenRoute, Visit } from '../web/routes.ts';
import { cookieOf, dropCookie, keepCookie } from './cookie.ts';
import type { Session, SessionStore } from './session-store.ts';
import type { Origin, SignInDesk, UserBook } from './sign-in.ts';

const UNKNOWN_USER = '(unknown)';

export interface SessionRouteParts {
  readonly sessions: SessionStore;
  readonly desk: SignInDesk;
  readonly users: UserBook;
  readonly log: Logger;
  readonly audit: AuditLog;
}

/** Signing in, out, and asking which of both one is. */
export function sessionRoutes(parts: SessionRouteParts): readonly OpenRoute[] {
  return [
    { methods: ['GET'], path: SESSION_PATH, open: true, answer: (visit) => tell(visit, parts) },
    { methods: ['POST'], path: SESSION_PATH, open: true, answer: (visit) => begin(visit, parts) },
    { methods: ['DELETE'], path: SESSION_PATH, open: true, answer: (visit) => end(visit, parts) },
  ];
}

async function tell({ request, response, door }: Visit, { sessions, users }: SessionRouteParts) {
  const id = shownCookie(request, door);
  const session = id === undefined ? undefined : await sessions.find(id, 'cookie');
  const hasUsers = await users.hasAdmin();
  const ways = [...(door.isLocal ? ['token' as const] : []), ...(hasUsers ? ['password' as const] : [])];
  send(response, session === undefined ? { signedIn: false, ways } : stateOf(session));
}

async function begin({ request, response, door }: Visit, parts: SessionRouteParts) {
  const given = await readJson(request, signIn);
  const remote = remoteOf(request);
  const identity = await identify(given, { remote, isLocal: door.isLocal }, parts);
  const { sessions } = parts;
  const from = { remote, outlives: !door.isLocal };
  if (given.bearer) {
    const { id, session } = sessions.open(identity, { ...from, form: 'bearer' });
    return send(response, { ...stateOf(session), token: id });
  }
  // Whoever signs in again in the same browser leaves no session behind that nobody can end.
  const before = cookieOf(request, door);
  if (before !== undefined) sessions.end(before);
  const { id, session } = sessions.open(identity, { ...from, form: 'cookie' });
  response.setHeader('set-cookie', keepCookie(id, door));
  send(response, stateOf(session));
}

/** Checks who it is, and notes it. */
async function identify(given: SignIn, from: Origin, { desk, users, audit, log }: SessionRouteParts) {
  const entry = { remote: from.remote, face: 'session', procedure: 'sign-in', subject: {} } as const;
  try {
    const identity = await desk.check(given, from);
    log.info({ user: identity.user, remote: from.remote }, 'signed in');
    await audit.note({ ...entry, user: identity.user, role: identity.role, outcome: 'done' });
    return identity;
  } catch (error) {
    const claimed = await claimedBy(given, users);
    log.warn({ user: claimed, remote: from.remote }, 'sign-in refused');
    const { code } = reportError(error);
    // Those that were turned away unheard are too many to note.
    if (code !== 'host.too-many-attempts') {
      await audit.note({ ...entry, user: claimed, outcome: 'refused', code });
    }
    throw error;
  }
}

/** What may be written of a name that nobody has proved: people type their password into the wrong field. */
async function claimedBy(given: SignIn, users: UserBook): Promise<string> {
  if (!('user' in given)) return LOCAL_USER;
  return (await users.isUser(given.user).catch(() => false)) ? given.user.toLowerCase() : UNKNOWN_USER;
}

async function end({ request, response, door }: Visit, { sessions, audit }: SessionRouteParts) {
  const shown = shownSession(request, door);
  if (shown !== undefined) {
    const session = await sessions.find(shown.id, shown.form);
    sessions.end(shown.id);
    if (session !== undefined) await noteSignOut(session, remoteOf(request), audit);
  }
  response.setHeader('set-cookie', dropCookie(door));
  response.writeHead(204, { 'cache-control': 'no-store' }).end();
}

/** Which session a request wants to end. @throws HoldfastError `host.forbidden` for a cookie that another page sends */
function shownSession(request: IncomingMessage, door: Door) {
  const bearer = bearerOf(request);
  if (bearer !== undefined) return { id: bearer, form: 'bearer' } as const;
  const cookie = cookieOf(request, door);
  if (cookie === undefined) return undefined;
  guardCookieUse(request);
  return { id: cookie, form: 'cookie' } as const;
}

function noteSignOut({ user, role }: Session, remote: string, audit: AuditLog): Promise<void> {
  const entry = { user, role, remote, face: 'session', procedure: 'sign-out', subject: {} } as const;
  return audit.note({ ...entry, outcome: 'done' });
}

/** The cookie, unless another site's page makes the browser show it. */
function shownCookie(request: IncomingMessage, door: Door): string | undefined {
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none'
    ? cookieOf(request, door)
    : undefined;
}

function stateOf({ user, role, expires }: Session) {
  return { signedIn: true, user, role, expires: new Date(expires).toISOString() } as const;
}

function send(response: ServerResponse, state: SessionState): void {
  response
    .writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(JSON.stringify(state));
}
