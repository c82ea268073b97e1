import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { restoreWithNodeZookeeperClient } from '../../foreign/node-zookeeper-client.ts';
import { createCertificates } from '../../servers/certificates.ts';
import { until } from '../../servers/condition.ts';
import { type Display, startDisplay } from '../../servers/display.ts';
import { isAlive } from '../../servers/processes.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { labTree } from '../support/lab.ts';

let display: Display;
let desktop: Desktop;
let zookeeper: ZooKeeperServer;
let disk: string;

beforeAll(async () => {
  [display, zookeeper] = await Promise.all([startDisplay(), startZooKeeper()]);
  await restoreWithNodeZookeeperClient(zookeeper, labTree());
  desktop = await startDesktop(display);
  disk = join(desktop.directory, 'disk');
  await mkdir(disk);
});

afterAll(async () => {
  await desktop?.[Symbol.asyncDispose]();
  await zookeeper?.[Symbol.asyncDispose]();
  await display?.[Symbol.asyncDispose]();
});

const points = z.array(z.object({ id: z.string(), archives: z.array(z.object({ path: z.string() })) }));
const runs = z.array(z.object({ id: z.string(), state: z.string() }));

const title = (name: string) => desktop.page.getByRole('heading', { level: 1, name }).waitFor();
const isShown = () =>
  desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());

/** Waits until the tray says something. */
const traySays = (words: RegExp) =>
  until(`a tray that says ${words}`, async () =>
    words.test((await desktop.seen()).tray) ? true : undefined,
  );

test('a cluster is added in the window and backed up; the point stands there', async () => {
  const { page } = desktop;
  await page.getByRole('link', { name: 'Add a cluster' }).click();
  await page.getByLabel('Name', { exact: false }).first().fill('lab');
  await page.getByLabel('Environment').selectOption('test');
  await page.getByLabel('Name', { exact: false }).first().press('Enter');
  await page.getByRole('button', { name: 'ZooKeeper' }).click();
  await page.getByLabel('Connect string').fill(zookeeper.connectString);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Check again' }).and(page.locator(':enabled')).waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Add the cluster' }).click();
  await title('lab');
  await desktop.cli('storage', 'add', 'disk', '--driver', 'local', '--directory', disk);
  await desktop.cli(
    'task',
    'create',
    'nightly',
    '--cluster',
    'lab',
    '--storage',
    'disk',
    '--consent-sensitive',
  );
  await page.goto(new URL('/tasks/nightly', page.url()).href);
  await page.getByRole('button', { name: 'Run now' }).first().click();
  await until('a recovery point', async () => points.parse(await desktop.cli('point', 'list'))[0]);
  await page.getByRole('link', { name: 'Recovery points' }).click();
  await page.locator('main').getByText('nightly').filter({ visible: true }).first().waitFor();
});

/** Where the archive of the one point lies. */
async function archivePath(): Promise<string> {
  const [made] = points.parse(await desktop.cli('point', 'list'));
  return join(disk, made?.archives[0]?.path ?? '');
}

test('an archive opens in Explore: dropped on the window, or given when the program starts', async () => {
  const { page } = desktop;
  const archive = await archivePath();
  const cdp = await page.context().newCDPSession(page);
  const data = { items: [], files: [archive], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await cdp.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
  }
  await page.getByText('order-000000').or(page.getByText('orders')).first().waitFor();
  expect(new URL(page.url()).searchParams.get('target')).toBe(`file:${archive}`);
  await desktop.quit();
  await desktop.start(archive);
  await desktop.page.getByText('orders').first().waitFor();
  expect(new URL(desktop.page.url()).searchParams.get('target')).toBe(`file:${archive}`);
});

/** Clusters added for one test; nothing of them is to be looked at afterwards. */
async function protect(cluster: string, task: string, connectString: string, ...flags: string[]) {
  const service = ['--source', 'zookeeper', '--connect-string', connectString];
  await desktop.cli('cluster', 'add', cluster, '--environment', 'test', ...flags, ...service);
  await desktop.cli('task', 'create', task, '--cluster', cluster, '--storage', 'disk', '--consent-sensitive');
}

test('the tray follows runs; one that failed is told, and its message opens it', async () => {
  await traySays(/all is well/);
  await protect('gone', 'broken', '127.0.0.1:1');
  await desktop.lines('task', 'run', 'broken').catch(() => {});
  const [failed] = runs.parse(await desktop.cli('run', 'list', '--state', 'failed'));
  await traySays(/1 to look at/);
  await until('a message', async () =>
    (await desktop.seen()).news.includes('Backup failed') ? true : undefined,
  );
  await desktop.app.evaluate(() => Reflect.get(globalThis, 'seen').last.emit('click'));
  await desktop.page.waitForURL(`**/runs/${failed?.id}`);
  await desktop.lines('task', 'remove', 'broken');
  await desktop.lines('cluster', 'remove', 'gone');
  await traySays(/all is well/);
});

test('closed while a run goes on, the window leaves the program in the tray, which says so once', async () => {
  await protect('slow', 'slowly', zookeeper.connectString, '--objects-per-second', '10');
  await desktop.lines('task', 'run', 'slowly', '--detach');
  await traySays(/1 running/);
  const close = () => desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  for (const _time of ['first', 'second']) {
    await close();
    await until('a hidden window', async () => ((await isShown()) ? undefined : true));
    expect((await desktop.seen()).asked).toEqual(['Holdfast goes on in the tray']);
    await desktop.app.evaluate(({ app }) => app.emit('activate'));
    await until('the window', async () => ((await isShown()) ? true : undefined));
  }
  const [running] = runs.parse(await desktop.cli('run', 'list', '--state', 'running'));
  await desktop.lines('run', 'cancel', running?.id ?? '');
  await traySays(/all is well/);
  const ended = once(desktop.app.process(), 'exit');
  // Nothing runs any more: closing the window ends the program.
  await close().catch(() => {});
  await ended;
});

test('a host that runs already is shown, and goes on when the window on it is closed', async () => {
  await desktop.start();
  const { origin } = new URL(desktop.page.url());
  const host = desktop.hostPid();
  await using other = await connectTo(origin);
  await other.page.getByLabel('Link or token').first().waitFor();
  await other.app.close();
  expect(isAlive(host)).toBe(true);
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
});

test('a host whose certificate is not valid is not shown', async () => {
  const { server } = await createCertificates(desktop.directory);
  const stranger = createServer({ cert: server.certificate, key: server.key }, (_, response) => {
    response.end('Foreign');
  });
  stranger.listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  const address = stranger.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  await using other = await connectTo(`https://127.0.0.1:${port}`);
  await other.page.getByRole('heading', { name: 'The host cannot be reached' }).waitFor();
  await other.page.getByText('ERR_CERT').waitFor();
  stranger.close();
});

/** The desktop program on a host that it did not start. */
async function connectTo(origin: string) {
  const { program, args, env } = desktop.command;
  const app = await _electron.launch({
    executablePath: program,
    args: [...args.slice(0, -2), '--connect', origin],
    env: Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value ? [[name, value]] : []))),
  });
  return { app, page: await app.firstWindow(), [Symbol.asyncDispose]: () => app.close() };
}
