import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { connect } from '../../main/protocols/zookeeper/index.ts';
import { dumpWithNodeZookeeperClient } from '../foreign/node-zookeeper-client.ts';
import { startZooKeeper, type ZooKeeperServer } from '../servers/zookeeper.ts';
import { freshPage, openBrowser } from './support/browser.ts';
import { type HostProcess, startHost } from './support/host-process.ts';
import { signIn, signInAgain } from './support/sign-in.ts';

const NODES = 200;
/** Objects a second: slow enough for a run to be met at work, and for a host to be killed in it. */
const SLOW_PACE = '40';
/** Enough at that pace for two windows to meet at a run before it ends by itself. */
const MANY_NODES = 4000;

let browser: Browser;
let host: HostProcess;
let zookeeper: ZooKeeperServer;
let point: string;

beforeAll(async () => {
  [browser, host, zookeeper] = await Promise.all([openBrowser(), startHost(), startZooKeeper()]);
  await using client = await connect({ connectString: zookeeper.connectString });
  await client.create('/many', null);
  await client.create('/long', null);
  const long = Array.from({ length: MANY_NODES }, (_, i) => `/long/n${i}`);
  await Promise.all([...nodes(), ...long].map((path) => client.create(path, Buffer.from(path))));
  const service = ['--environment', 'test', '--source', 'zookeeper'];
  const address = ['--connect-string', zookeeper.connectString];
  await host.cli('cluster', 'add', 'lab', ...service, ...address);
  await host.cli('cluster', 'add', 'slow', ...service, ...address, '--objects-per-second', SLOW_PACE);
  await host.cli('storage', 'add', 'disk', '--driver', 'local', '--directory', join(host.directory, 'disk'));
  const source = ['--source', 'ZooKeeper', '--storage', 'disk', '--consent-sensitive'];
  await host.cli('task', 'create', 'nightly', '--cluster', 'lab', ...source, '--roots', '/many');
  await host.cli('task', 'create', 'long', '--cluster', 'slow', ...source, '--roots', '/long');
  await host.lines('task', 'run', 'nightly');
  point = z.array(z.object({ id: z.string() })).parse(await host.cli('point', 'list'))[0]?.id ?? '';
});

afterAll(async () => {
  await browser?.close();
  await host?.[Symbol.asyncDispose]();
  await zookeeper?.[Symbol.asyncDispose]();
});

const nodes = () => Array.from({ length: NODES }, (_, i) => `/many/n${i}`);

/** What the nodes hold, as a foreign client reads them. */
async function held() {
  const all = await dumpWithNodeZookeeperClient(zookeeper, '/many');
  return all.map(({ path, data }) => ({ path, data }));
}

const next = (page: Page) => page.getByRole('button', { name: 'Next' }).click();

test('what one window changes the other shows, and a run started in one is followed and cancelled in both', async () => {
  await using one = await freshPage(browser);
  await using other = await freshPage(browser);
  await signIn(one.page, host);
  await signIn(other.page, host);
  await one.page.goto(`${host.url}/clusters`);
  await one.page.getByRole('row', { name: /slow/ }).waitFor();
  await other.page.goto(`${host.url}/clusters/slow/edit`);
  await other.page.getByLabel('Read-only').check();
  await other.page.getByRole('button', { name: 'Save' }).click();
  await one.page.getByRole('row', { name: /slow.*Never restored into/ }).waitFor();

  await one.page.goto(`${host.url}/runs`);
  await other.page.goto(`${host.url}/tasks`);
  await other.page.getByRole('button', { name: 'Run long now' }).click();
  await other.page.waitForURL(/\/runs\//);
  await one.page.getByRole('heading', { name: 'Running now' }).waitFor();
  await one.page.locator('main').getByRole('link', { name: 'long' }).first().click();
  await one.page.waitForURL(other.page.url());
  const objects = (page: Page) =>
    page
      .locator('main')
      .getByText(/[1-9]\d* a second/)
      .first()
      .waitFor();
  await Promise.all([objects(one.page), objects(other.page)]);
  await one.page.getByRole('button', { name: 'Cancel the run' }).click();
  await one.page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' }).click();
  for (const { page } of [one, other]) await page.locator('main').getByText('Cancelled').first().waitFor();
  expect(await host.cli('run', 'show', 'latest')).toMatchObject({ state: 'cancelled' });
  expect([...one.complaints, ...other.complaints]).toEqual([]);
});

test('of two who change the same task, the second is told before the first one’s change is lost', async () => {
  await using one = await freshPage(browser);
  await using other = await freshPage(browser);
  for (const { page } of [one, other]) {
    await signIn(page, host);
    await page.goto(`${host.url}/tasks/nightly/edit?step=copies`);
    await page.getByLabel('Copies kept').waitFor();
  }
  await one.page.getByLabel('Copies kept').fill('5');
  await save(one.page);
  await one.page.waitForURL(`${host.url}/tasks/nightly`);
  await other.page.getByText('was changed elsewhere').waitFor();
  await other.page.getByLabel('Copies kept').fill('9');
  await other.page.getByRole('button', { name: 'Begin again' }).click();
  await other.page.getByText('was changed elsewhere').waitFor({ state: 'hidden' });
  expect(await other.page.getByLabel('Copies kept').inputValue()).toBe('5');
  expect(await host.cli('task', 'show', 'nightly')).toMatchObject({
    task: { sources: [{ maximumCopies: 5 }] },
  });
  await other.page.getByLabel('Copies kept').fill('7');
  await save(other.page);
  await other.page.waitForURL(`${host.url}/tasks/nightly`);
  expect(await host.cli('task', 'show', 'nightly')).toMatchObject({
    task: { sources: [{ maximumCopies: 7 }] },
  });
});

/** From the copies on to the end of the wizard. */
async function save(page: Page): Promise<void> {
  for (const step of ['Protection', 'Checks', 'Estimate', 'Summary']) {
    await next(page);
    await page.getByRole('heading', { level: 2, name: step, exact: true }).waitFor();
  }
  await page.getByRole('button', { name: 'Save' }).click();
}

test('a host that is killed in a restore comes back with it interrupted, in the same window, and goes on', async () => {
  await host.cli('cluster', 'set', 'slow', '--no-read-only');
  const before = await held();
  await using client = await connect({ connectString: zookeeper.connectString });
  await Promise.all(nodes().map((path) => client.setData(path, Buffer.from('broken'))));
  await using fresh = await freshPage(browser);
  const { page } = fresh;
  await signIn(page, host);
  const wizard = `${host.url}/restore?from=point:${point}&to=slow&select=["/many"]&step=plan`;
  await page.goto(wizard);
  await page.getByText(`${NODES} changes to slow`).waitFor();

  // In the wizard first: plan and place are where they were.
  const planned = page.url();
  await host.kill();
  await page.getByText('Not connected to the host.').waitFor();
  await host.start();
  await signInAgain(page, host);
  await page.getByText(`${NODES} changes to slow`).waitFor();
  expect(page.url()).toBe(planned);
  await next(page);
  await page.getByRole('checkbox').check();
  await next(page);
  await page.getByLabel('Type "slow" to confirm').fill('slow');
  await page.getByRole('button', { name: 'Restore slow' }).click();
  await page.waitForURL(/[?&]run=/);
  await expect
    .poll(async () => (await held()).some(({ data }, i) => data === before[i]?.data), { timeout: 60_000 })
    .toBe(true);

  await host.kill();
  await page.getByText('Not connected to the host.').waitFor();
  expect(await held()).not.toEqual(before);
  await host.start();
  await signInAgain(page, host);
  await page.getByText('Interrupted. What was changed before stays changed.').waitFor();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByText('Done: slow is as the recovery point has it.').waitFor();
  expect(await held()).toEqual(before);
});
