import { BrowserWindow, type Session, screen } from 'electron';
import type { PreferenceFile } from '../preferences.ts';
import { SMALLEST, startBounds } from './bounds.ts';
import { guardContents } from './guard-contents.ts';
import { isWithin } from './navigation-lock.ts';

/** Milliseconds without a change after which the window's place is written down. */
const SETTLED = 400;
/** Milliseconds after which a page that crashes counts as one that had worked. */
const STEADY = 10_000;
const PLAIN = 'data:text/html;base64,';

export interface MainWindowParts {
  readonly preload: string;
  readonly session: Session;
  readonly preferences: PreferenceFile;
  /** A link of a page of our own was followed. */
  onOrder(url: string): void;
  /** The window is to be closed; the answer says whether it may. */
  mayClose(): boolean;
  /** The page of the host could not be loaded. */
  onNotLoaded(reason: string): void;
}

/** The one window, on the host's page or on one of our own. */
export class MainWindow {
  readonly window: BrowserWindow;
  readonly #parts: MainWindowParts;
  #origin: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #crashedAt = Number.NEGATIVE_INFINITY;

  constructor(parts: MainWindowParts) {
    this.#parts = parts;
    const { bounds, isMaximized } = parts.preferences.read();
    const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
    this.window = new BrowserWindow({
      ...startBounds(bounds, areas),
      minWidth: SMALLEST.width,
      minHeight: SMALLEST.height,
      show: false,
      title: 'Holdfast',
      webPreferences: {
        preload: parts.preload,
        session: parts.session,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
      },
    });
    if (isMaximized) this.window.maximize();
    this.#listen();
  }

  /** The origin of the host whose page is shown; undefined while one of our own is. */
  get origin(): string | undefined {
    return this.#origin;
  }

  /** Shows the host's page at an address within its origin. */
  async open(origin: string, address: string): Promise<void> {
    this.#origin = origin;
    await this.#load(new URL(address, origin).href);
  }

  /** Shows a page of our own. */
  async openPlain(url: string): Promise<void> {
    this.#origin = undefined;
    await this.#load(url);
  }

  /** Where in the host's pages the window is: path, search and fragment; undefined on a page of our own. */
  get address(): string | undefined {
    const url = this.window.webContents.getURL();
    if (this.#origin === undefined || !isWithin(this.#origin, url)) return undefined;
    const { pathname, search, hash } = new URL(url);
    return `${pathname}${search}${hash}`;
  }

  /** Brings the window to the front, wherever it was. */
  reveal(): void {
    if (this.window.isMinimized()) this.window.restore();
    this.window.show();
    this.window.focus();
  }

  async #load(url: string): Promise<void> {
    // A load that fails or that another one replaces is told by `did-fail-load`.
    await this.window.loadURL(url).catch(() => {});
  }

  #listen(): void {
    const { window } = this;
    const { webContents } = window;
    guardContents(webContents, {
      origin: () => this.#origin,
      isOwnPage: () => webContents.getURL().startsWith(PLAIN),
      onOrder: this.#parts.onOrder,
    });
    webContents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
      if (isMainFrame && code !== ABORTED && this.#origin !== undefined) this.#parts.onNotLoaded(description);
    });
    webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') this.#crashed(reason);
    });
    for (const event of ['resize', 'move', 'maximize', 'unmaximize'] as const) {
      // Each has its own overload, all with a listener that takes nothing.
      window.on(event as 'resize', () => this.#settle());
    }
    window.on('close', (event) => {
      this.#remember();
      if (!this.#parts.mayClose()) event.preventDefault();
    });
  }

  /** A page that crashed is loaded again, unless it crashes as soon as that is done. */
  #crashed(reason: string): void {
    const now = performance.now();
    const isAgain = now - this.#crashedAt < STEADY;
    this.#crashedAt = now;
    if (isAgain) this.#parts.onNotLoaded(reason);
    else this.window.webContents.reload();
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#remember(), SETTLED);
  }

  #remember(): void {
    clearTimeout(this.#timer);
    if (this.window.isDestroyed() || this.window.isMinimized()) return;
    const isMaximized = this.window.isMaximized();
    // Of a window that fills the screen, where it goes back to.
    this.#parts.preferences.write({ bounds: this.window.getNormalBounds(), isMaximized });
  }
}

/** Chromium's net::ERR_ABORTED: another load took its place. */
const ABORTED = -3;
