import type { Session } from 'electron';
import { isTrusted, type Sender } from './navigation-lock.ts';

/** The one permission that a page needs: its Copy buttons write plain text, which reads nothing of the person's. */
const COPY = 'clipboard-sanitized-write';

/** What a page could ask of its session, as far as it is answered here. */
export type GuardedSession = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setSpellCheckerEnabled'
>;

/**
 * Refuses whatever a page could ask the system for: cameras, places, devices, notifications of its own. All but
 * copying, for the page of the host itself. `origin`: of that host; undefined before there is one.
 */
export function guardSession(session: GuardedSession, origin: () => string | undefined): void {
  const mayCopy = (permission: string, sender: Sender) => permission === COPY && isTrusted(origin(), sender);
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl, isMainFrame }) =>
    answer(mayCopy(permission, { url: requestingUrl, isTopFrame: isMainFrame })),
  );
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, { isMainFrame }) =>
    mayCopy(permission, { url: requestingOrigin, isTopFrame: isMainFrame }),
  );
  session.setDevicePermissionHandler(() => false);
  // Web pages download by the person's own will; nothing here needs the spell checker's dictionaries from the network.
  session.setSpellCheckerEnabled(false);
}
