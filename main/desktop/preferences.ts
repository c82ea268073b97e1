import Store from 'electron-store';
import { z } from 'zod';
import { closings, desktopLocales, updateChannels } from '../../shared/desktop.ts';
import { rectangle } from './window/bounds.ts';

/** What the program remembers from one start to the next. Whatever cannot be read is as if never chosen. */
const preferences = z.object({
  bounds: rectangle.optional().catch(undefined),
  isMaximized: z.boolean().catch(false),
  locale: desktopLocales.optional().catch(undefined),
  closing: closings.catch('running'),
  /** The tray was explained. */
  toldOfTray: z.boolean().catch(false),
  updateChannel: updateChannels.catch('latest'),
  /**
   * Where updates come from. Only whoever may write this file says so, never a page: what lies there is run.
   */
  updateFeed: z
    .url({ protocol: /^https$/ })
    .optional()
    .catch(undefined),
  /** The port of the last host: what pages keep in the browser belongs to an origin. */
  port: z.int().min(1).max(65_535).optional().catch(undefined),
});
export type Preferences = z.infer<typeof preferences>;

/** The preferences in their file, `preferences.json` in the folder of the window's profile. */
export class PreferenceFile {
  readonly #store = new Store({
    name: 'preferences',
    clearInvalidConfig: true,
    // Nothing here is nested; ordering nested defaults needs a Node newer than the oldest Electron's.
    accessPropertiesByDotNotation: false,
  });

  read(): Preferences {
    return preferences.parse(this.#store.store);
  }

  write(changed: Partial<Preferences>): void {
    this.#store.set(changed);
  }
}
