import type { OwnSession } from '../../../shared/contract/users.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import { hostApi } from './implement.ts';

/** `sessions`: those of the caller. */
export const sessionsApi = (sessions: SessionStore) => ({
  list: hostApi.sessions.list.handler(({ context: { admission } }) =>
    sessions.of(admission.caller.user).map(({ session, used }): OwnSession => {
      const { digest, form, remote, began, expires } = session;
      return {
        current: digest === admission.session,
        form,
        remote,
        began: instant(began),
        used: instant(used),
        expires: instant(expires),
      };
    }),
  ),
  endOthers: hostApi.sessions.endOthers.handler(({ context: { admission } }) => ({
    ended: sessions.endOthers(admission.caller.user, admission.session),
  })),
});

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
