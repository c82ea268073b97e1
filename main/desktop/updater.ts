import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AppUpdater } from 'electron-updater';
import type { UpdateChannel } from '../../shared/desktop.ts';

/** Milliseconds between two looks for a new release. */
const EVERY = 24 * 3_600_000;

export interface UpdaterParts {
  readonly isPackaged: boolean;
  readonly resourcesPath: string;
  /** From the preferences; else what the package was made with. */
  readonly feed: string | undefined;
  channel(): UpdateChannel;
  onReady(version: string): void;
  onProblem(error: unknown): void;
}

/** Looks for new releases where a feed is set, and does nothing at all where none is. */
export class Updater {
  readonly #parts: UpdaterParts;
  #loaded: Promise<AppUpdater> | undefined;

  constructor(parts: UpdaterParts) {
    this.#parts = parts;
  }

  /** Whether there is a place to look at. */
  get hasFeed(): boolean {
    const { isPackaged, resourcesPath, feed } = this.#parts;
    return feed !== undefined || (isPackaged && existsSync(join(resourcesPath, 'app-update.yml')));
  }

  /** Looks now and once a day. */
  start(): void {
    if (!this.hasFeed) return;
    void this.check();
    setInterval(() => void this.check(), EVERY).unref();
  }

  /** Looks for a release of the chosen channel; it is installed when the program ends. */
  async check(): Promise<void> {
    if (!this.hasFeed) return;
    try {
      this.#loaded ??= this.#load();
      const updater = await this.#loaded;
      updater.channel = this.#parts.channel();
      // Choosing a channel allows going back to older releases, which cannot read newer catalogs.
      updater.allowDowngrade = false;
      await updater.checkForUpdates();
    } catch (error) {
      this.#parts.onProblem(error);
    }
  }

  async #load(): Promise<AppUpdater> {
    const { feed, channel, onReady, onProblem } = this.#parts;
    const { autoUpdater } = await import('electron-updater');
    autoUpdater.logger = null;
    autoUpdater.autoInstallOnAppQuit = true;
    if (feed !== undefined) autoUpdater.setFeedURL({ provider: 'generic', url: feed, channel: channel() });
    autoUpdater.on('update-downloaded', ({ version }) => onReady(version));
    autoUpdater.on('error', onProblem);
    return autoUpdater;
  }
}
