import { app } from 'electron';
import { afterEach, expect, test, vi } from 'vitest';
import type { RunningHost } from '../../../main/desktop/host/host-child.ts';
import type { HostState } from '../../../main/desktop/host/supervisor.ts';
import { RETRY } from '../../../main/desktop/pages/plain-page.ts';
import { Shell, type ShellParts } from '../../../main/desktop/shell.ts';
import type { Watcher } from '../../../main/desktop/status/watch.ts';
import type { MainWindowParts } from '../../../main/desktop/window/main-window.ts';

const ORIGIN = 'http://127.0.0.1:7420';

/** What the stand-ins for Electron's side saw. */
const seen = vi.hoisted(() => ({
  pages: [] as string[],
  reveals: 0,
  asked: [] as number[],
  window: undefined as MainWindowParts | undefined,
}));

vi.mock('electron', () => ({
  app: { isPackaged: false, quit: vi.fn(), getLocale: () => 'en' },
  Menu: { setApplicationMenu: () => {}, buildFromTemplate: () => {} },
  net: {},
}));
vi.mock('../../../main/desktop/bridge/answer.ts', () => ({ answerBridge: () => {} }));
vi.mock('../../../main/desktop/window/guard-session.ts', () => ({ guardSession: () => {} }));
vi.mock('../../../main/desktop/window/dialogs.ts', () => ({
  Dialogs: class {
    async stayInTray() {
      return false;
    }

    async quitAnyway(running: number) {
      seen.asked.push(running);
      return false;
    }
  },
}));
vi.mock('../../../main/desktop/status/notify.ts', () => ({ notify: () => {}, newsWords: () => ({}) }));
vi.mock('../../../main/desktop/status/watch.ts', () => ({
  watchHost: async (_line: unknown, { onStatus }: Watcher) =>
    onStatus({ state: 'running', running: 2, attention: 0 }),
}));
vi.mock('../../../main/desktop/login/start-at-login.ts', () => ({}));
vi.mock('../../../main/desktop/status/tray.ts', () => ({
  StatusTray: class {
    tell() {}
  },
}));
vi.mock('../../../main/desktop/updater.ts', () => ({
  Updater: class {
    start() {}
  },
}));
vi.mock('../../../main/desktop/window/main-window.ts', () => ({
  MainWindow: class {
    readonly window = { webContents: { send: () => {} } };
    origin: string | undefined;

    constructor(parts: MainWindowParts) {
      seen.window = parts;
    }

    async open(origin: string) {
      this.origin = origin;
      seen.pages.push(origin);
    }

    async openPlain() {
      this.origin = undefined;
      seen.pages.push('plain');
    }

    reveal() {
      seen.reveals++;
    }
  },
}));

afterEach(() => {
  seen.pages.length = 0;
  seen.reveals = 0;
});

/** A shell whose host is as the test says. */
function started() {
  let tell: (state: HostState) => void = () => {};
  const retry = vi.fn();
  const source = { start: (told: typeof tell) => (tell = told), retry, stop: async () => {} };
  const preferences = { read: () => ({ closing: 'running', toldOfTray: false }), write: () => {} };
  const session = { cookies: { on: () => {} } };
  const parts = { source, preferences, session, folder: '/', version: '1', hidden: true, command: [] };
  const shell = new Shell(parts as unknown as ShellParts);
  shell.start(undefined);
  return { shell, retry, tell: (state: HostState) => tell(state) };
}

const up = (tokenFile?: string): HostState => {
  const ended = new Promise<never>(() => {});
  const host: RunningHost = { url: ORIGIN, isOwn: true, ended, stop: async () => {} };
  return { state: 'up', host: tokenFile === undefined ? host : { ...host, tokenFile } };
};

test('a page that failed is loaded again where the host is up, and only else the host is tried again', async () => {
  const { tell, retry } = started();
  tell(up());
  await vi.waitUntil(() => seen.pages.at(-1) === ORIGIN);
  seen.window?.onNotLoaded('ERR_FAILED');
  expect(seen.pages.at(-1)).toBe('plain');
  seen.window?.onOrder(RETRY);
  await vi.waitUntil(() => seen.pages.at(-1) === ORIGIN);
  expect(retry).not.toHaveBeenCalled();
  tell({ state: 'failed', problem: { params: {}, text: 'gone' } });
  seen.window?.onOrder(RETRY);
  expect(retry).toHaveBeenCalledOnce();
});

test('a token that cannot be read leaves the page to ask for a sign-in', async () => {
  const { tell } = started();
  tell(up('/nowhere/token'));
  await vi.waitUntil(() => seen.pages.at(-1) === ORIGIN);
});

test('once the program ends nobody brings back its window', () => {
  const { shell } = started();
  shell.ask(undefined);
  shell.prepareToQuit();
  shell.ask('holdfast://runs/1');
  expect(seen.reveals).toBe(1);
});

// There closing the window asks nothing.
test.skipIf(process.platform === 'darwin')(
  'quitting from the box about the tray asks about the runs that it would end',
  async () => {
    const { tell } = started();
    tell(up());
    await vi.waitUntil(() => seen.pages.at(-1) === ORIGIN);
    expect(seen.window?.mayClose()).toBe(false);
    await vi.waitUntil(() => seen.asked.length > 0);
    expect(seen.asked).toEqual([2]);
    expect(app.quit).not.toHaveBeenCalled();
  },
);
