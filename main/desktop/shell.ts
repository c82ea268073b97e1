import { join } from 'node:path';
import { app, Menu, type Session } from 'electron';
import type { DesktopChoice, DesktopLocale, DesktopSettings } from '../../shared/desktop.ts';
import { fillText, type Language } from '../../shared/errors/text.ts';
import { answerBridge } from './bridge/answer.ts';
import { CHANNELS } from './bridge/channels.ts';
import { wayOfClosing } from './closing.ts';
import { isThisMachine } from './host/connect-address.ts';
import { HostLine } from './host/host-line.ts';
import type { HostSource } from './host/sources.ts';
import type { HostState } from './host/supervisor.ts';
import { WindowSession } from './host/window-session.ts';
import { setStartAtLogin, startsAtLogin } from './login/start-at-login.ts';
import { menuTemplate } from './menu/menu.ts';
import { addressOfArchive, addressOfLink, isLink } from './opening.ts';
import { QUIT, RETRY } from './pages/plain-page.ts';
import {
  hostTrouble,
  languageOf,
  startingPage,
  type Trouble,
  troublePage,
  unreachable,
} from './pages/problem-page.ts';
import type { PreferenceFile } from './preferences.ts';
import { NewsReader } from './status/news.ts';
import { newsWords, notify } from './status/notify.ts';
import { OwnRuns } from './status/own-runs.ts';
import { AWAY, type Status } from './status/status.ts';
import { StatusTray } from './status/tray.ts';
import { watchHost } from './status/watch.ts';
import { TEXTS } from './texts.ts';
import { Updater } from './updater.ts';
import { Dialogs } from './window/dialogs.ts';
import { guardSession } from './window/guard-session.ts';
import { MainWindow } from './window/main-window.ts';

export interface ShellParts {
  readonly session: Session;
  readonly preferences: PreferenceFile;
  readonly source: HostSource;
  /** The folder of the bundled program. */
  readonly folder: string;
  readonly version: string;
  /** No window until somebody asks for it. */
  readonly hidden: boolean;
  /** What starts the program again on the same data directory. */
  readonly command: readonly string[];
}

/** The program while it runs: one window, one tray, one host. */
export class Shell {
  readonly #parts: ShellParts;
  readonly #window: MainWindow;
  readonly #dialogs: Dialogs;
  readonly #updater: Updater;
  #tray: StatusTray | undefined;
  #status: Status = AWAY;
  readonly #news = new NewsReader();
  #host: HostState = { state: 'starting' };
  readonly #ownRuns = new OwnRuns();
  readonly #windowSession: WindowSession;
  #watching: AbortController | undefined;
  /** The address to show as soon as there is a host. */
  #wanted = '/';
  #isQuitting = false;

  constructor(parts: ShellParts) {
    this.#parts = parts;
    this.#windowSession = new WindowSession(parts.session.cookies);
    guardSession(parts.session, () => this.#window.origin);
    this.#window = new MainWindow({
      preload: join(parts.folder, 'preload.cjs'),
      session: parts.session,
      preferences: parts.preferences,
      onOrder: (url) => this.#order(url),
      mayClose: () => this.#mayClose(),
      onNotLoaded: (reason) => this.#notLoaded(reason),
    });
    this.#dialogs = new Dialogs(
      () => this.#window.window,
      () => this.#language,
    );
    this.#updater = new Updater({
      isPackaged: app.isPackaged,
      resourcesPath: process.resourcesPath,
      feed: parts.preferences.read().updateFeed,
      channel: () => parts.preferences.read().updateChannel,
      onReady: (version) => this.#updateReady(version),
      onProblem: (error) => console.error('updates:', error instanceof Error ? error.message : error),
    });
  }

  /** Shows the window and starts the host. `opening`: a link or a file that the program was started with. */
  start(opening: string | undefined): void {
    this.#answerPage();
    this.#applyLanguage();
    const actions = { show: () => this.ask(undefined), quit: () => void this.quit() };
    this.#tray = new StatusTray(actions, this.#status, this.#language);
    this.#wanted = (opening === undefined ? undefined : this.#addressOf(opening)) ?? '/';
    void this.#window.openPlain(startingPage(this.#locale));
    if (!this.#parts.hidden) this.#window.reveal();
    this.#parts.source.start((state) => void this.#hostIs(state));
    this.#updater.start();
  }

  /** The program was started again, or the system hands it a link or a file. */
  ask(opening: string | undefined): void {
    // The window may be gone while the host still ends.
    if (this.#isQuitting) return;
    this.#window.reveal();
    const address = opening === undefined ? undefined : this.#addressOf(opening);
    if (address !== undefined) this.#go(address);
  }

  /** Ends the program, after a question where that ends runs. */
  async quit(): Promise<void> {
    if (this.#isQuitting) return;
    const running = this.#ownRuns.count;
    if (running > 0) {
      this.#window.reveal();
      if (!(await this.#dialogs.quitAnyway(running))) return;
    }
    app.quit();
  }

  /** The program ends for good now: the window closes without a question. */
  prepareToQuit(): void {
    this.#isQuitting = true;
  }

  /** Resolves when nothing of the program is left running. */
  async stop(): Promise<void> {
    this.#watching?.abort();
    await this.#parts.source.stop();
  }

  async #hostIs(state: HostState): Promise<void> {
    this.#watching?.abort();
    this.#host = state;
    if (state.state !== 'up') this.#ownRuns.hostGone();
    if (state.state === 'failed') return this.#trouble(hostTrouble(state.problem));
    if (state.state !== 'up') return this.#tell(AWAY);
    const watching = new AbortController();
    this.#watching = watching;
    const { url, tokenFile, isOwn } = state.host;
    const { origin } = new URL(url);
    this.#ownRuns.hostUp(isOwn);
    const line = new HostLine(this.#parts.session, origin);
    if (tokenFile !== undefined) await this.#windowSession.begin(line, tokenFile);
    // Gone again meanwhile.
    if (watching.signal.aborted) return;
    this.#watch(line, tokenFile, watching.signal);
    if (this.#window.origin === origin) this.#tellHostBack();
    else await this.#window.open(origin, this.#window.address ?? this.#wanted);
  }

  #watch(line: HostLine, tokenFile: string | undefined, signal: AbortSignal): void {
    const onStatus = (status: Status) => this.#tell(status);
    void watchHost(
      line,
      {
        onStatus,
        onNews: (news) =>
          notify(newsWords(news, this.#language), () => this.ask(`holdfast://runs/${news.run}`)),
        signIn: async () => {
          const isIn = tokenFile !== undefined && (await this.#windowSession.renew(line, tokenFile));
          if (isIn) this.#tellHostBack();
          return isIn;
        },
      },
      this.#news,
      signal,
    );
  }

  /** The page goes on with the session that this window has now. */
  #tellHostBack(): void {
    this.#window.window.webContents.send(CHANNELS.hostBack);
  }

  #tell(status: Status): void {
    this.#status = status;
    this.#ownRuns.hear(status);
    this.#tray?.tell(status, this.#language);
  }

  #trouble(trouble: Trouble): void {
    this.#tell(AWAY);
    this.#wanted = this.#window.address ?? this.#wanted;
    void this.#window.openPlain(troublePage(trouble, this.#locale));
  }

  #notLoaded(reason: string): void {
    const { origin } = this.#window;
    if (origin !== undefined) this.#trouble(unreachable(origin, reason));
  }

  #order(url: string): void {
    if (url === QUIT) return void this.quit();
    if (url !== RETRY) return;
    void this.#window.openPlain(startingPage(this.#locale));
    // Only the page failed where the host is up.
    if (this.#host.state === 'up') void this.#hostIs(this.#host);
    else this.#parts.source.retry();
  }

  #go(address: string): void {
    const { origin } = this.#window;
    this.#wanted = address;
    if (origin !== undefined) void this.#window.open(origin, address);
  }

  /** Where a link or a file leads to; undefined when it is neither, or cannot be shown. */
  #addressOf(opening: string): string | undefined {
    if (isLink(opening)) return addressOfLink(opening);
    const { origin } = this.#window;
    if (origin !== undefined && !isThisMachine(origin)) {
      void this.#dialogs.fileIsElsewhere();
      return undefined;
    }
    return addressOfArchive(opening);
  }

  #mayClose(): boolean {
    if (this.#isQuitting) return true;
    const { closing, toldOfTray } = this.#parts.preferences.read();
    const hasOwnRuns = this.#ownRuns.count > 0;
    const way = wayOfClosing({ platform: process.platform, closing, hasOwnRuns, toldOfTray });
    if (way === 'quit') {
      // Not from within: a window that refuses to close would take the order to quit back.
      setImmediate(() => app.quit());
      return true;
    }
    if (way === 'hide') this.#window.window.hide();
    else void this.#explainTray();
    return false;
  }

  async #explainTray(): Promise<void> {
    if (!(await this.#dialogs.stayInTray())) return this.quit();
    this.#parts.preferences.write({ toldOfTray: true });
    this.#window.window.hide();
  }

  #answerPage(): void {
    answerBridge({
      origin: () => this.#window.origin,
      settings: () => this.#settings(),
      change: async (choice) => this.#change(choice),
      speak: (locale) => this.#speak(locale),
      openDropped: (path) => this.ask(path),
    });
  }

  #settings(): DesktopSettings {
    const { closing, updateChannel } = this.#parts.preferences.read();
    const { version, command } = this.#parts;
    const hasUpdateFeed = this.#updater.hasFeed;
    const startAtLogin = startsAtLogin(command);
    return { version, startAtLogin, closing, updateChannel, hasUpdateFeed };
  }

  #change({ startAtLogin, closing, updateChannel }: DesktopChoice): DesktopSettings {
    if (startAtLogin !== undefined) setStartAtLogin(startAtLogin, this.#parts.command);
    if (closing !== undefined) this.#parts.preferences.write({ closing });
    if (updateChannel !== undefined) this.#parts.preferences.write({ updateChannel });
    return this.#settings();
  }

  #speak(locale: DesktopLocale): void {
    if (locale === this.#locale) return;
    this.#parts.preferences.write({ locale });
    this.#applyLanguage();
    this.#tell(this.#status);
  }

  #applyLanguage(): void {
    const { webContents } = this.#window.window;
    const actions = {
      openArchive: () => void this.#openArchive(),
      go: (address: string) => this.#go(address),
      back: () => webContents.goBack(),
      forward: () => webContents.goForward(),
      checkForUpdates: () => void this.#updater.check(),
      quit: () => void this.quit(),
    };
    const template = menuTemplate(this.#language, process.platform, this.#updater.hasFeed, actions);
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  async #openArchive(): Promise<void> {
    const path = await this.#dialogs.chooseArchive();
    if (path !== undefined) this.ask(path);
  }

  #updateReady(version: string): void {
    const language = this.#language;
    const title = fillText(TEXTS.updateReady, { version }, language);
    notify({ title, body: TEXTS.updateWhen[language] }, () => this.ask(undefined));
  }

  get #locale(): DesktopLocale {
    const { locale } = this.#parts.preferences.read();
    return locale ?? (app.getLocale().toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
  }

  get #language(): Language {
    return languageOf(this.#locale);
  }
}
