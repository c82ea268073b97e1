import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../servers/condition.ts';
import { type Display, startDisplay } from '../../servers/display.ts';
import { isAlive } from '../../servers/processes.ts';
import { accessibilityProblems } from '../support/axe.ts';
import { type Desktop, gone, startDesktop } from '../support/desktop.ts';

let display: Display;
let desktop: Desktop;
/** Somebody else's page, and how often it was asked for. */
let foreign: Server;
let foreignUrl: string;
let foreignRequests = 0;

beforeAll(async () => {
  foreign = createServer((_request, response) => {
    foreignRequests++;
    response.setHeader('content-type', 'text/html').end('<h1>Foreign</h1>');
  });
  foreign.listen(0, '127.0.0.1');
  await once(foreign, 'listening');
  const address = foreign.address();
  foreignUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  display = await startDisplay();
  desktop = await startDesktop(display);
});

afterAll(async () => {
  await desktop?.[Symbol.asyncDispose]();
  await display?.[Symbol.asyncDispose]();
  foreign?.close();
});

const title = (name: string) => desktop.page.getByRole('heading', { level: 1, name }).waitFor();

test('the window shows the overview, signed in, without Node and with a handful of ways to the program', async () => {
  const { page } = desktop;
  await title('Overview');
  expect(new URL(page.url()).pathname).toBe('/');
  expect(await page.evaluate('[typeof require, typeof process, typeof module, typeof Buffer]')).toEqual(
    Array(4).fill('undefined'),
  );
  expect(await page.evaluate('Object.keys(window.holdfast).sort()')).toEqual([
    'change',
    'onHostBack',
    'openDropped',
    'settings',
    'speak',
  ]);
  expect(await page.evaluate<string>('document.cookie')).toBe('');
  const preferences = await desktop.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    // Not in the declared interface, and the only way to see what the window really got.
    const read = Reflect.get(window?.webContents ?? {}, 'getLastWebPreferences');
    return read.call(window?.webContents);
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
});

test('the window stays on its host: no foreign page, no second window, no frame', async () => {
  const { page, app } = desktop;
  const before = page.url();
  await page.evaluate(`location.href = ${JSON.stringify(foreignUrl)}`);
  expect(await page.evaluate(`window.open(${JSON.stringify(foreignUrl)}) === null`)).toBe(true);
  await page.evaluate(`new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.onload = frame.onerror = resolve;
    frame.src = ${JSON.stringify(foreignUrl)};
    document.body.append(frame);
  })`);
  await page.evaluate("location.href = 'file:///etc/passwd'");
  await page.evaluate("document.querySelector('iframe').remove()");
  // A round trip through the window's own navigation: what was refused would have come before it.
  await page.evaluate("history.replaceState(history.state, '', location.href)");
  expect(page.url()).toBe(before);
  expect(foreignRequests).toBe(0);
  expect(app.windows()).toHaveLength(1);
});

test('pages get no permissions', async () => {
  const { page } = desktop;
  const states = await page.evaluate(`Promise.all(
    ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'].map(
      (name) => navigator.permissions.query({ name }).then(({ state }) => state),
    ),
  )`);
  expect(states).toEqual(Array(6).fill('denied'));
  expect(await page.evaluate('Notification.requestPermission()')).toBe('denied');
});

test('copying reaches the clipboard of the system', async () => {
  const { page, app } = desktop;
  await page.getByRole('link', { name: 'Clusters' }).click();
  await title('Clusters');
  await page.getByRole('button', { name: 'Show the command' }).click();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  const copied = () => app.evaluate(({ clipboard }) => clipboard.readText());
  await until('the copied command', async () =>
    (await copied()) === 'holdfast cluster list' ? true : undefined,
  );
  await page.keyboard.press('Escape');
});

test('the program answers its host’s own page alone, and only what is as declared', async () => {
  const { page, app } = desktop;
  const refusal = (call: string) => page.evaluate<string>(`${call}.then(String, ({ message }) => message)`);
  expect(await refusal('window.holdfast.settings()')).toBe('[object Object]');
  expect(await refusal("window.holdfast.change({ updateFeed: 'https://example.org' })")).toContain(
    'not what',
  );
  expect(await refusal('window.holdfast.change({ closing: 7 })')).toContain('not what');
  expect(await refusal("window.holdfast.openDropped({ path: '/etc/passwd' })")).toContain('not what');
  const waiting = app.waitForEvent('window');
  await app.evaluate(
    ({ BrowserWindow }, { url, preload }) => {
      const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
      return stranger.loadURL(url);
    },
    {
      url: foreignUrl,
      preload: join(import.meta.dirname, '..', '..', '..', 'main', 'desktop', 'dist', 'preload.cjs'),
    },
  );
  const stranger = await waiting;
  await stranger.getByRole('heading', { name: 'Foreign' }).waitFor();
  const asked = 'window.holdfast.settings().then(String, ({ message }) => message)';
  expect(await stranger.evaluate(asked)).toContain('not for this page');
  await stranger.close();
});

test('settings of the program: start at login, closing, and the language of its menu', async () => {
  const { page, app } = desktop;
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Desktop' }).click();
  const entry = join(desktop.directory, 'home', '.config', 'autostart', 'holdfast.desktop');
  await page.getByLabel('Start when I sign in').check();
  await until('the entry for login', () => (existsSync(entry) ? true : undefined));
  expect(readFileSync(entry, 'utf8')).toContain(`"--data-dir" "${desktop.data}" "--hidden"`);
  await page.getByLabel('Start when I sign in').uncheck();
  await until('no entry for login', () => (existsSync(entry) ? undefined : true));
  await page.getByLabel('Always stays in the tray').check();
  await page.getByText('Off: no place for updates is set').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  const menu = () => app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label));
  expect(await menu()).toEqual(['File', 'Edit', 'View', 'Go']);
  await page.getByRole('tab', { name: 'General' }).click();
  await page.getByLabel('Language').last().selectOption('zh-CN');
  await until('a Chinese menu', async () => ((await menu())?.includes('文件') ? true : undefined));
  await page.getByLabel('语言').last().selectOption('en');
  await until('an English menu', async () => ((await menu())?.includes('File') ? true : undefined));
});

test('a second start hands its link to the first and ends; links lead to screens and nowhere else', async () => {
  const { page, command } = desktop;
  const second = async (...args: string[]) => {
    const child = spawn(command.program, [...command.args, ...args], { env: command.env, stdio: 'ignore' });
    const [code] = await once(child, 'exit');
    return code;
  };
  expect(await second('holdfast://clusters?q=lab')).toBe(0);
  await title('Clusters');
  expect(new URL(page.url()).search).toBe('?q=lab');
  expect(await second(`holdfast://explore?target=file:/etc/passwd`)).toBe(0);
  expect(await second('holdfast://tasks')).toBe(0);
  await title('Tasks');
});

test('a host that is killed comes back, and the page goes on with it', async () => {
  const { page } = desktop;
  const before = desktop.hostPid();
  const { origin } = new URL(page.url());
  process.kill(before, 'SIGKILL');
  await until('another host', () => {
    try {
      return desktop.hostPid() === before ? undefined : true;
    } catch {
      return undefined;
    }
  });
  await page.getByRole('link', { name: 'Clusters' }).click();
  await page.getByText('No clusters yet').waitFor();
  await desktop.cli(
    'cluster',
    'add',
    'lab',
    '--environment',
    'test',
    '--source',
    'zookeeper',
    '--connect-string',
    '127.0.0.1:1',
  );
  // Told by the new host, over a connection with a fresh cookie.
  await page.locator('main').getByText('lab', { exact: true }).first().waitFor();
  expect(new URL(page.url()).origin).toBe(origin);
});

test('quitting ends the host; the next start has the window where it was', async () => {
  const bounds = { x: 60, y: 40, width: 1100, height: 700 };
  const read = () =>
    desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  await desktop.app.evaluate(
    ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to),
    bounds,
  );
  await until('the new place', async () => ((await read())?.width === bounds.width ? true : undefined));
  const host = desktop.hostPid();
  const { origin } = new URL(desktop.page.url());
  await desktop.quit();
  expect(isAlive(host)).toBe(false);
  expect(existsSync(join(desktop.data, 'host.json'))).toBe(false);
  await desktop.start();
  expect(await read()).toEqual(bounds);
  // On the port of before: what the page keeps in the browser belongs to it.
  expect(new URL(desktop.page.url()).origin).toBe(origin);
});

test('killed outright, the program takes its host along', async () => {
  const host = desktop.hostPid();
  desktop.app.process().kill('SIGKILL');
  await gone(host);
});

test('a host that does not start is explained, and tried again when told to', async () => {
  // Whoever may write there could put other files in place of the program's own: it refuses.
  await chmod(desktop.data, 0o777);
  const { program, args, env } = desktop.command;
  const variables = Object.entries(env).flatMap(([name, value]) => (value ? [[name, value]] : []));
  const app = await _electron.launch({
    executablePath: program,
    args: [...args],
    env: Object.fromEntries(variables),
  });
  const ended = once(app.process(), 'exit');
  const page = await app.firstWindow();
  await page.getByText('others may write to it').waitFor();
  await chmod(desktop.data, 0o700);
  await page.getByRole('link', { name: 'Try again' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await app.close();
  await ended;
});
