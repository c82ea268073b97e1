import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startKafka } from '../servers/kafka.ts';
import { startVersitygw, type VersitygwServer } from '../servers/versitygw.ts';
import { startZooKeeper } from '../servers/zookeeper.ts';
import { accessibilityProblems } from './support/axe.ts';
import { type FreshPage, freshPage, openBrowser } from './support/browser.ts';
import { type HostProcess, startHost } from './support/host-process.ts';
import { signIn } from './support/sign-in.ts';
import {
  archivesOf,
  breakTown,
  type Holdings,
  namesWithin,
  plantTown,
  seeTown,
  type Town,
} from './support/town.ts';

const BUCKET = 'backups';

let browser: Browser;
let host: HostProcess;
let town: Town;
let gateway: VersitygwServer;
/** One window for the whole story, as somebody has it. */
let fresh: FreshPage;
let page: Page;
let whole: Holdings;
let broken: Holdings;
let archives: ReadonlyMap<string, string>;

beforeAll(async () => {
  const servers = Promise.all([startKafka(), startZooKeeper()]);
  [browser, host, gateway] = await Promise.all([openBrowser(), startHost(), startVersitygw()]);
  const [kafka, zookeeper] = await servers;
  town = { kafka, zookeeper };
  await Promise.all([plantTown(town), gateway.createBucket(BUCKET)]);
  whole = await seeTown(town);
  fresh = await freshPage(browser);
  page = fresh.page;
  await signIn(page, host);
});

afterAll(async () => {
  await browser?.close();
  await host?.[Symbol.asyncDispose]();
  await Promise.all([town?.kafka, town?.zookeeper, gateway].map((each) => each?.[Symbol.asyncDispose]()));
});

const main = () => page.locator('main');
const goTo = (screen: string) =>
  page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click();
const next = () => page.getByRole('button', { name: 'Next' }).click();
const title = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const step = (name: string) => page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
const checked = () =>
  page.getByRole('button', { name: 'Check again' }).and(page.locator(':enabled')).waitFor();
const failures = () => main().getByText('· failed ·').count();

const listed = z.array(z.object({ id: z.string() }));
const newestPoint = async () => listed.parse(await host.cli('point', 'list'))[0]?.id ?? '';

async function fillStorage(): Promise<void> {
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  await field('Name').fill('bucket');
  await page.getByText('OBS / S3', { exact: true }).click();
  await field('Endpoint').fill(gateway.endpoint);
  await field('Bucket').fill(BUCKET);
  await field('Access key').fill(gateway.root.accessKey);
  await field('Secret key').fill(gateway.root.secretKey);
}

test('a cluster of two services and a bucket are added, and a task over both', async () => {
  await page.getByRole('link', { name: 'Add a cluster' }).click();
  await page.getByLabel('Name', { exact: false }).first().fill('town');
  await page.getByLabel('Environment').selectOption('test');
  await next();
  await step('Services');
  await page.getByRole('button', { name: 'Kafka' }).click();
  await page.getByRole('textbox', { name: 'Bootstrap servers' }).fill(town.kafka.bootstrap.plain);
  await page.getByRole('button', { name: 'ZooKeeper', exact: true }).click();
  await page.getByRole('textbox', { name: 'Connect string' }).fill(town.zookeeper.connectString);
  await next();
  await checked();
  expect(await failures()).toBe(0);
  await next();
  await page.getByRole('button', { name: 'Add the cluster' }).click();
  await title('town');
  expect(await host.cli('cluster', 'show', 'town')).toMatchObject({
    services: [
      { source: 'kafka', service: 'Kafka', options: { bootstrapServers: town.kafka.bootstrap.plain } },
      { source: 'zookeeper', service: 'ZooKeeper' },
    ],
  });

  await goTo('Storages');
  await page.getByRole('link', { name: 'Add a storage' }).first().click();
  await fillStorage();
  await page.getByRole('button', { name: 'Try it first' }).click();
  await checked();
  expect(await failures()).toBe(0);
  await page.getByRole('button', { name: 'Add the storage' }).click();
  // The secret key needs a vault: whoever has none makes it there and then, and what was filled in stays.
  await page.getByRole('alert').getByText('secrets.no-vault').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('alert').getByRole('button', { name: 'To the vault' }).click();
  const dialog = page.getByRole('dialog', { name: 'Vault' });
  await dialog.getByRole('radio', { name: 'Key file' }).check();
  const keyFile = join(host.directory, 'vault.key');
  await dialog.getByRole('textbox', { name: 'Path of the key file on the host' }).fill(keyFile);
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Make the vault' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Add the storage' }).click();
  await title('bucket');
  expect(await main().textContent()).not.toContain(gateway.root.secretKey);

  await goTo('Overview');
  await page.getByText('Kafka is in no task').waitFor();
  await goTo('Tasks');
  await page.getByRole('link', { name: 'New task' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('nightly');
  await page.getByLabel('Cluster').selectOption('town');
  await next();
  await step('Services');
  await main().getByText('Topic: 3').waitFor();
  await main().getByText('Znode: 4', { exact: false }).waitFor();
  await next();
  await step('Storages');
  await next();
  await step('Schedule');
  await next();
  await step('Copies kept');
  await next();
  await step('Protection');
  await page.getByLabel('Write the secrets of the cluster unsealed').first().check();
  await page.getByRole('button', { name: 'The same for all services' }).first().click();
  await next();
  await step('Checks');
  await checked();
  expect(await failures()).toBe(0);
  await next();
  await step('Estimate');
  await main().getByText('Topic: 3').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await next();
  await step('Summary');
  await page.getByRole('button', { name: 'Create the task' }).click();
  await title('nightly');
  expect(fresh.complaints).toEqual([]);
});

test('the task is run and watched; the bucket holds an archive of each service', async () => {
  expect(await archivesOf(gateway, BUCKET)).toEqual(new Map());
  await page.getByRole('button', { name: 'Run now' }).click();
  await page.waitForURL(/\/runs\//);
  await main().getByText('Succeeded').first().waitFor();
  await main()
    .getByRole('link', { name: await newestPoint() })
    .click();
  await step('Archives');
  await main().getByText('Complete', { exact: true }).first().waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  archives = await archivesOf(gateway, BUCKET);
  expect([...archives.keys()].map((key) => /(Kafka|ZooKeeper)/.exec(key)?.[0]).sort()).toEqual([
    'Kafka',
    'ZooKeeper',
  ]);
  for (const [key, sha256] of archives) {
    expect(await namesWithin(gateway, BUCKET, key)).toContain('manifest.json');
    expect(await host.cli('point', 'show', await newestPoint())).toMatchObject({
      archives: expect.arrayContaining([expect.objectContaining({ sha256 })]),
    });
  }
});

test('topics, groups and znodes are looked at, live and in the point', async () => {
  const point = await newestPoint();
  const tree = page.getByRole('tree');
  const listing = page.getByRole('grid', { name: 'What is below this place' });
  const detail = page.getByRole('region', { name: 'The entry' });
  await goTo('Explore');
  await page.getByRole('link', { name: 'Kafka', exact: true }).click();
  for (const target of ['cluster:town/Kafka', `point:${point}/Kafka`]) {
    await page.goto(`${host.url}/explore?target=${target}`);
    await tree.getByText('topics').click();
    await listing.getByText('orders').click();
    await detail.getByRole('row', { name: 'retention.ms 86400000' }).waitFor();
    await page.goto(`${host.url}/explore?target=${target}&path=/groups/billing&entry=/groups/billing/orders`);
    await detail.getByRole('row', { name: /^0 10/ }).waitFor();
  }
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.goto(`${host.url}/explore?target=cluster:town/ZooKeeper&path=/app&entry=/app/config`);
  await detail.getByText('"workers": 4').waitFor();
  await page.getByRole('row', { name: 'jobs' }).waitFor();
});

test('what was broken over night is told: exactly that', async () => {
  await breakTown(town);
  broken = await seeTown(town);
  expect(broken).not.toEqual(whole);
  const point = await newestPoint();
  await page.goto(`${host.url}/points/${point}`);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Compare with live' }).click();
  const list = page.getByRole('grid', { name: 'Differences' });
  const detail = page.getByRole('region', { name: 'The entry on both sides' });

  // Of several services the first one is compared until another one is chosen.
  await page.getByText('Different 2', { exact: true }).waitFor();
  await page.getByText('Only on the left 1', { exact: true }).waitFor();
  await page.getByText('Only on the right 1', { exact: true }).waitFor();
  expect(await paths()).toEqual([
    '/groups/billing/orders',
    '/topics/audit',
    '/topics/intruder',
    '/topics/orders',
  ]);
  await list.getByText('/topics/orders').click();
  await detail.getByText('86400000', { exact: true }).waitFor();
  await detail.getByText('172800000', { exact: true }).waitFor();
  await list.getByText('/groups/billing/orders').click();
  await detail.getByRole('row', { name: 'partitions.0 10 0' }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.getByLabel('Service', { exact: true }).selectOption('ZooKeeper');
  await page.getByText('Different 1', { exact: true }).waitFor();
  await page.getByText('Only on the left 41', { exact: true }).waitFor();
  await page.getByText('Only on the right 0', { exact: true }).waitFor();
  await list.getByText('/app/config').click();
  await detail.getByText('"workers": 0').waitFor();
});

/** The paths in the list of differences, as far as it is in sight. */
async function paths(): Promise<string[]> {
  const rows = page.getByRole('grid', { name: 'Differences' }).getByRole('row');
  const titled = await rows.locator('[title]').all();
  return await Promise.all(titled.map(async (each) => (await each.getAttribute('title')) ?? ''));
}

test('the point is restored, and the restore taken back; the bucket keeps its archives', async () => {
  await goTo('Restore');
  await page.getByRole('button', { name: 'Take this one' }).click();
  await next();
  await page.getByRole('radio', { name: 'Everything' }).waitFor();
  await next();
  await page.getByText('What was made since then is deleted.').waitFor();
  await next();
  await page.getByText(/changes to town$/).waitFor();
  await page
    .getByRole('grid', { name: 'Every step' })
    .first()
    .getByRole('row', { name: /Create/ })
    .first()
    .waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(await seeTown(town)).toEqual(broken);
  await carryOut('Restore town');
  await page.getByText('Done: town is as the recovery point has it.').waitFor();
  await page.getByText('no difference from the point').first().waitFor();
  expect(await seeTown(town)).toEqual(whole);
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.getByRole('link', { name: 'Take it back' }).click();
  await page.getByText(/changes to town$/).waitFor();
  await carryOut('Take back in town');
  await page.getByText('Done: town is as it was before the restore.').waitFor();
  expect(await seeTown(town)).toEqual(broken);
  expect(await archivesOf(gateway, BUCKET)).toEqual(archives);
  expect(fresh.complaints).toEqual([]);
});

/** From the plan on: the checklist, the cluster's name, the button. */
async function carryOut(button: string): Promise<void> {
  await next();
  await step('Checklist');
  await page.getByRole('checkbox').check();
  await next();
  await page.getByLabel('Type "town" to confirm').fill('town');
  await page.getByRole('button', { name: button }).click();
  await page.waitForURL(/[?&]run=/);
}
