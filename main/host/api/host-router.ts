import { auditPage } from '../audit/read-audit.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import { hostApi } from './implement.ts';
import { sessionsApi } from './sessions.ts';
import { type UserParts, usersApi } from './users.ts';

export interface HostRouterParts extends UserParts {
  readonly dataDirectory: string;
  readonly sessions: SessionStore;
}

/** What the host answers itself: users, sessions, and who did what. */
export function hostRouter(parts: HostRouterParts) {
  return hostApi.router({
    users: usersApi(parts),
    sessions: sessionsApi(parts.sessions),
    audit: {
      list: hostApi.audit.list.handler(async ({ input }) => [
        ...(await auditPage(parts.dataDirectory, input)),
      ]),
    },
  });
}
