import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startZooKeeper, type ZooKeeperServer } from '../servers/zookeeper.ts';
import { accessibilityProblems } from './support/axe.ts';
import { freshPage, openBrowser } from './support/browser.ts';
import { type HostProcess, startHost } from './support/host-process.ts';

let browser: Browser;
let host: HostProcess;
let zookeeper: ZooKeeperServer;

beforeAll(async () => {
  [browser, host, zookeeper] = await Promise.all([openBrowser(), startHost(), startZooKeeper()]);
});

afterAll(async () => {
  await browser?.close();
  await host?.[Symbol.asyncDispose]();
  await zookeeper?.[Symbol.asyncDispose]();
});

test('a cluster is added by the wizard after a real test, changed, and removed by its name', async () => {
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await page.goto(host.link);
  await page.getByRole('link', { name: 'Add a cluster' }).click();

  await page.getByLabel('Name', { exact: false }).first().fill("lab's");
  await page.getByLabel('Environment').selectOption('test');
  await page.getByLabel('Name', { exact: false }).first().press('Enter');

  await page.getByRole('heading', { level: 2, name: 'Services' }).waitFor();
  expect(await page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'ZooKeeper' }).click();
  const connect = page.getByLabel('Connect string');
  await connect.fill('127.0.0.1:1');
  expect(await page.getByLabel('Password').count()).toBe(0);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Next' }).click();
  await page
    .locator('main')
    .getByText(/· failed ·/)
    .first()
    .waitFor();

  await page.getByRole('button', { name: 'Back' }).click();
  await connect.fill(zookeeper.connectString);
  await page.getByRole('button', { name: 'Next' }).click();
  await page
    .locator('main')
    .getByText(/· passed ·/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Check again' }).and(page.locator(':enabled')).waitFor();
  expect(
    await page
      .locator('main')
      .getByText(/· failed ·/)
      .count(),
  ).toBe(0);
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.getByRole('button', { name: 'Next' }).click();
  const command = await page.locator('main pre').textContent();
  expect(command).toBe(
    `holdfast cluster add 'lab'\\''s' --environment test --source zookeeper --service ZooKeeper --connect-string ${zookeeper.connectString}`,
  );
  await page.getByRole('button', { name: 'Add the cluster' }).click();
  await page.getByRole('heading', { level: 1, name: "lab's" }).waitFor();
  expect(await host.cli('cluster', 'show', "lab's")).toMatchObject({
    environment: 'test',
    services: [{ source: 'zookeeper', options: { connectString: zookeeper.connectString } }],
  });

  await page.getByRole('link', { name: 'Change', exact: true }).click();
  await page.getByLabel('Read-only').check();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Never restored into').waitFor();
  expect(await host.cli('cluster', 'show', "lab's")).toMatchObject({
    readOnly: true,
    services: [{ options: { connectString: zookeeper.connectString } }],
  });

  await page.getByRole('button', { name: 'Remove' }).click();
  const remove = page.getByRole('button', { name: 'Remove the cluster' });
  expect(await remove.isDisabled()).toBe(true);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByLabel(`Type "lab's" to confirm`).fill("lab's");
  await remove.click();
  await page.getByText('No clusters yet').waitFor();
  expect(await host.cli('cluster', 'list')).toEqual([]);
  expect(complaints).toEqual([]);
});

test('what another client changes appears without asking', async () => {
  await using fresh = await freshPage(browser);
  const { page } = fresh;
  await page.goto(host.link);
  await page.getByText('Protect a cluster').waitFor();
  const flags = [
    '--environment',
    'test',
    '--source',
    'zookeeper',
    '--connect-string',
    zookeeper.connectString,
  ];
  await host.cli('cluster', 'add', 'from-cli', ...flags);
  await page.getByRole('row', { name: /from-cli/ }).waitFor();
  await page.getByText('ZooKeeper is in no task').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('grid').press('Enter');
  await page.getByRole('heading', { level: 1, name: 'from-cli' }).waitFor();
});

test('clusters are known by colour and folder, carried away in a file, and taken in under another name', async () => {
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await page.goto(host.link);
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await page.goto(`${host.url}/clusters/from-cli/edit`);
  await page.getByLabel('Colour').selectOption('teal');
  await page.getByRole('combobox', { name: 'Folder' }).fill('europe/lab');
  await page.getByLabel('Objects a second at most').fill('none');
  expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await page.getByLabel('Objects a second at most').fill('500');
  await page
    .getByText(/^holdfast cluster set from-cli --colour teal --folder \S+ .*--objects-per-second 500$/)
    .waitFor();
  await page.getByRole('button', { name: 'Try the connections' }).click();
  await page
    .locator('main')
    .getByText(/· passed ·/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('europe/lab').waitFor();
  const marks = { colour: 'teal', folder: 'europe/lab', limits: { objectsPerSecond: 500 } };
  expect(await host.cli('cluster', 'show', 'from-cli')).toMatchObject(marks);

  await page.goto(`${host.url}/clusters`);
  await page.getByRole('heading', { level: 2, name: 'europe / lab' }).waitFor();
  await page.getByRole('button', { name: 'Export' }).click();
  expect(await accessibilityProblems(page)).toEqual([]);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog').getByRole('button', { name: 'Export' }).click(),
  ]);
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Import' }).click();
  const file = { name: 'clusters.json', mimeType: 'application/json' };
  const chosen = page.locator('input[type=file]');
  await chosen.setInputFiles({ ...file, buffer: Buffer.from('{"clusters": []}') });
  await page.getByRole('alert').getByText('general.invalid-input').waitFor();
  await chosen.setInputFiles({ ...file, buffer: await readFile(await download.path()) });
  await page.getByText('1 cluster in the file.').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Import' }).click();
  await page.getByText('Added:').waitFor();
  const all = await host.cli('cluster', 'list');
  expect(all).toHaveLength(2);
  expect(all).toMatchObject([marks, marks]);
  expect(complaints).toEqual([]);
});

test('services are added to a cluster and taken out of it; one that a task backs up stays', async () => {
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  const connect = ['--source', 'zookeeper', '--connect-string', zookeeper.connectString];
  await host.cli('cluster', 'add', 'grown', '--environment', 'test', ...connect);
  const directory = join(host.directory, 'grown');
  await mkdir(directory);
  await host.cli('storage', 'add', 'grown-disk', '--driver', 'local', '--directory', directory);
  const task = ['--cluster', 'grown', '--storage', 'grown-disk', '--consent-sensitive'];
  await host.cli('task', 'create', 'grown-task', ...task);
  await page.goto(host.link);
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  const edit = async () => {
    await page.goto(`${host.url}/clusters/grown/edit`);
    await page.getByText('Backed up, so it cannot be removed').waitFor();
  };
  await edit();
  expect(await page.getByRole('button', { name: 'Remove ZooKeeper' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'ZooKeeper', exact: true }).click();
  expect(await page.getByLabel('Name of the service').inputValue()).toBe('ZooKeeper-2');
  await page.getByLabel('Name of the service').fill('ZooKeeper');
  await page.getByText('A service of the cluster has this name').waitFor();
  await page.getByLabel('Name of the service').fill('second');
  await page.getByLabel('Connect string').last().fill(zookeeper.connectString);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 3, name: 'second' }).waitFor();
  const services = [{ service: 'ZooKeeper' }, { service: 'second' }];
  expect(await host.cli('cluster', 'show', 'grown')).toMatchObject({ services });
  await edit();
  await page.getByRole('button', { name: 'Remove second' }).click();
  await page.getByText('It is taken out when you save').waitFor();
  await page.getByText('holdfast cluster remove-service grown second', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 3, name: 'second' }).waitFor({ state: 'detached' });
  await page.getByRole('heading', { level: 1, name: 'grown' }).waitFor();
  const left: unknown = Reflect.get(Object(await host.cli('cluster', 'show', 'grown')), 'services');
  expect(left).toMatchObject([{ service: 'ZooKeeper' }]);
  expect(left).toHaveLength(1);
  expect(complaints).toEqual([]);
});

test('cluster, storage and task are renamed, and everything stays with them', async () => {
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await page.goto(host.link);
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  const rename = async (as: string) => {
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('New name').fill('a/b');
    await dialog.getByText('no slashes').waitFor();
    expect(await dialog.getByRole('button', { name: 'Rename', exact: true }).isDisabled()).toBe(true);
    await dialog.getByLabel('New name').fill(as);
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Rename', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: as }).waitFor();
  };
  await page.goto(`${host.url}/clusters/grown`);
  await page.getByRole('button', { name: 'Rename…' }).click();
  await rename('larger');
  await page.goto(`${host.url}/storages/grown-disk`);
  await page.getByRole('button', { name: 'Rename…' }).click();
  await rename('larger-disk');
  await page.goto(`${host.url}/tasks/grown-task`);
  await page.getByRole('button', { name: 'More for grown-task' }).click();
  await page.getByRole('menuitem', { name: 'Rename…' }).click();
  await rename('larger-task');
  expect(await host.cli('task', 'show', 'larger-task')).toMatchObject({
    task: { name: 'larger-task', folder: expect.stringMatching(/^grown-task_/) },
    clusterName: 'larger',
  });
  expect(await host.cli('storage', 'list')).toMatchObject([{ name: 'larger-disk' }]);
  expect(complaints).toEqual([]);
});
