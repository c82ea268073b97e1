import { z } from 'zod';

/** When closing the window leaves the program in the tray: while runs go on, or at all times. */
export const closings = z.enum(['running', 'always']);
export type Closing = z.infer<typeof closings>;

/** Which releases the updater looks for. */
export const updateChannels = z.enum(['latest', 'beta']);
export type UpdateChannel = z.infer<typeof updateChannels>;

/** What a person may choose about the desktop program; all of it optional: only what changes is sent. */
export const desktopChoice = z.strictObject({
  startAtLogin: z.boolean().optional(),
  closing: closings.optional(),
  updateChannel: updateChannels.optional(),
});
export type DesktopChoice = z.infer<typeof desktopChoice>;

/** How the desktop program is set up. */
export interface DesktopSettings {
  readonly version: string;
  readonly startAtLogin: boolean;
  readonly closing: Closing;
  readonly updateChannel: UpdateChannel;
  /** Whether the program knows where its updates come from; without that it never looks for any. */
  readonly hasUpdateFeed: boolean;
}

/** The languages that the program's own windows and menus speak, as BCP 47 names them. */
export const desktopLocales = z.enum(['en', 'zh-CN']);
export type DesktopLocale = z.infer<typeof desktopLocales>;

/**
 * All that a page in the desktop program's window can ask of it: `window.holdfast`. In a browser there is none.
 * Everything is answered to the host's own page only, and rejected where an argument is not as described here.
 */
export interface DesktopBridge {
  settings(): Promise<DesktopSettings>;
  change(choice: DesktopChoice): Promise<DesktopSettings>;
  /** Menus, tray and dialogs follow the language of the page. */
  speak(locale: DesktopLocale): Promise<void>;
  /** Opens an archive that was dropped on the window in Explore. `file`: a `File` of a drop event. */
  openDropped(file: object): Promise<void>;
  /** Calls back when the host is there again and this window is signed in. Gives what ends that. */
  onHostBack(listener: () => void): () => void;
}
