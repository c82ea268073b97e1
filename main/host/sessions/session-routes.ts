import type { IncomingMessage, ServerResponse } from 'node:http';
import { SESSION_PATH, type SessionState, signIn } from '../../../shared/contract/session.ts';
import type { Logger } from '../log.ts';
import { type Door, remoteOf } from '../web/door.ts';
import { guardCookieUse } from '../web/guard.ts';
import { readJson } from '../web/read-json.ts';
import type { OpenRoute, Visit } from '../web/routes.ts';
import { cookieOf, dropCookie, keepCookie } from './cookie.ts';
import type { Session, SessionStore } from './session-store.ts';
import type { SignInDesk, UserBook } from './sign-in.ts';

export interface SessionRouteParts {
  readonly sessions: SessionStore;
  readonly desk: SignInDesk;
  readonly users: UserBook;
  readonly log: Logger;
  /** Hears of every try to sign in. */
  readonly onSignIn: (attempt: SignInAttempt) => void;
}

/** Somebody tried to sign in. */
export interface SignInAttempt {
  /** As given, so it may be no user's; absent when it was by token. */
  readonly user?: string;
  readonly remote: string;
  readonly problem?: unknown;
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

async function begin({ request, response, door }: Visit, { sessions, desk, onSignIn }: SessionRouteParts) {
  const given = await readJson(request, signIn);
  const remote = remoteOf(request);
  const attempt = { ...('user' in given ? { user: given.user } : {}), remote };
  const identity = await desk.check(given, { remote, isLocal: door.isLocal }).catch((problem: unknown) => {
    onSignIn({ ...attempt, problem });
    throw problem;
  });
  onSignIn({ ...attempt, user: identity.user });
  if (given.bearer) {
    const { id, session } = sessions.open(identity, 'bearer');
    return send(response, { ...stateOf(session), token: id });
  }
  // Whoever signs in again in the same browser leaves no session behind that nobody can end.
  const before = cookieOf(request, door);
  if (before !== undefined) sessions.end(before);
  const { id, session } = sessions.open(identity, 'cookie');
  response.setHeader('set-cookie', keepCookie(id, door));
  send(response, stateOf(session));
}

function end({ request, response, door }: Visit, { sessions }: SessionRouteParts): void {
  const id = cookieOf(request, door);
  if (id !== undefined) {
    guardCookieUse(request);
    sessions.end(id);
  }
  response.setHeader('set-cookie', dropCookie(door));
  response.writeHead(204, { 'cache-control': 'no-store' }).end();
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
