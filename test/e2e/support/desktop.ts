import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { z } from 'zod';
import { buildShellIfStale } from '../../../main/desktop/build.ts';
import { until } from '../../servers/condition.ts';
import type { Display } from '../../servers/display.ts';
import { electronDist } from '../../servers/electron.ts';
import { isAlive, removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { CommandLine } from './command-line.ts';

const SHELL = join(import.meta.dirname, '..', '..', '..', 'main', 'desktop', 'dist');
/** Milliseconds for Electron to start on a busy machine. */
const PATIENCE = 90_000;

const holder = z.object({ pid: z.int() });
const seen = z.object({ tray: z.string(), news: z.array(z.string()), asked: z.array(z.string()) });
export type Seen = z.infer<typeof seen>;

/** The desktop program in a real Electron, on a data directory and with a home of its own. */
export interface Desktop extends AsyncDisposable {
  readonly app: ElectronApplication;
  /** The window's page; another one after `start`. */
  readonly page: Page;
  /** Holds `data`, the data directory, and `home`. */
  readonly directory: string;
  readonly data: string;
  /** What the system was asked to show so far. Dialogs are answered by their first button. */
  seen(): Promise<Seen>;
  /** The process of the host that has the data directory. */
  hostPid(): number;
  /** Program, arguments and environment that would start it a second time. */
  readonly command: {
    readonly program: string;
    readonly args: readonly string[];
    readonly env: NodeJS.ProcessEnv;
  };
  cli(...args: string[]): Promise<unknown>;
  lines(...args: string[]): Promise<unknown[]>;
  /** Ends it as its menu would; resolves when it and its host are gone. */
  quit(): Promise<void>;
  /** Starts it again, on the same directories. */
  start(...args: string[]): Promise<void>;
}

/** Starts the desktop program; resolves when its window shows the host's page. */
export async function startDesktop(display: Display, ...args: string[]): Promise<Desktop> {
  await buildShellIfStale();
  const desktop = new RunningDesktop(join(await electronDist(), 'electron'), display);
  await desktop.start(...args);
  return desktop;
}

class RunningDesktop implements Desktop {
  readonly directory = workFolder('desktop');
  readonly data = join(this.directory, 'data');
  readonly command: Desktop['command'];
  readonly #commands = new CommandLine(this.data);
  #app: ElectronApplication | undefined;
  #page: Page | undefined;

  constructor(program: string, display: Display) {
    const home = join(this.directory, 'home');
    const env = {
      ...process.env,
      DISPLAY: display.name,
      HOME: home,
      XDG_CONFIG_HOME: join(home, '.config'),
      // No session of a desktop: what would speak to one says so at once.
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
      LANG: 'en_US.UTF-8',
    };
    // As root, which tests often are, Chromium starts only without its sandbox.
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    this.command = { program, args: [...sandbox, SHELL, '--data-dir', this.data], env };
  }

  get app(): ElectronApplication {
    if (this.#app === undefined) throw new Error('the desktop program does not run');
    return this.#app;
  }

  get page(): Page {
    if (this.#page === undefined) throw new Error('the desktop program does not run');
    return this.#page;
  }

  async start(...args: string[]): Promise<void> {
    const { program, args: own, env } = this.command;
    await mkdir(join(this.directory, 'home'), { recursive: true });
    this.#app = await _electron.launch({
      executablePath: program,
      args: [...own, ...args],
      env: definedOf(env),
      timeout: PATIENCE,
    });
    await recordSystem(this.#app);
    this.#page = await this.#app.firstWindow({ timeout: PATIENCE });
    this.#page.setDefaultTimeout(PATIENCE / 2);
    await this.#page.locator('main [data-page-title]').waitFor();
  }

  async seen(): Promise<Seen> {
    return seen.parse(
      await this.app.evaluate(() => {
        const { tray, news, asked } = Reflect.get(globalThis, 'seen');
        return { tray, news, asked };
      }),
    );
  }

  hostPid(): number {
    return holder.parse(JSON.parse(readFileSync(join(this.data, 'holder.json'), 'utf8'))).pid;
  }

  cli(...args: string[]): Promise<unknown> {
    return this.#commands.cli(...args);
  }

  lines(...args: string[]): Promise<unknown[]> {
    return this.#commands.lines(...args);
  }

  async quit(): Promise<void> {
    await this.#app?.close();
    this.#app = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.quit();
    removeWorkFolder(this.directory);
  }
}

/** Resolves when a process is gone. */
export async function gone(pid: number): Promise<void> {
  await until(`the end of process ${pid}`, () => (isAlive(pid) ? undefined : true));
}

/**
 * What reaches the system's tray, notifications and dialogs is noted where `seen` finds it: the first line of the
 * tray's menu, which says what its tip says; titles of notifications; questions of dialogs.
 */
async function recordSystem(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ Menu, Notification, dialog }) => {
    const noted: Record<string, unknown> & { tray: string; news: string[]; asked: string[] } = {
      tray: '',
      news: [],
      asked: [],
    };
    Reflect.set(globalThis, 'seen', noted);
    const build = Menu.buildFromTemplate;
    Menu.buildFromTemplate = (template) => {
      const [first] = template;
      if (first?.enabled === false) noted.tray = first.label ?? '';
      return build(template);
    };
    // Its methods are on each instance: it is caught when the program listens to it.
    const { on } = Notification.prototype;
    Notification.isSupported = () => true;
    Reflect.set(Notification.prototype, 'on', function (this: Electron.Notification, ...given: unknown[]) {
      this.show = () => {
        noted.news.push(this.title);
        noted.last = this;
      };
      return Reflect.apply(on, this, given);
    });
    const ask = async (...given: readonly object[]) => {
      noted.asked.push(String(Reflect.get(given.at(-1) ?? {}, 'message')));
      return { response: 0, checkboxChecked: false };
    };
    Reflect.set(dialog, 'showMessageBox', ask);
  });
}

function definedOf(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
