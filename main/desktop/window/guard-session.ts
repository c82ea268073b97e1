import type { Session } from 'electron';

/** Refuses whatever a page could ask the system for: cameras, places, devices, notifications of its own. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // Web pages download by the person's own will; nothing here needs the spell checker's dictionaries from the network.
  session.setSpellCheckerEnabled(false);
}
