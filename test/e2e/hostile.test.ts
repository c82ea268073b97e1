import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { connect } from '../../main/protocols/zookeeper/index.ts';
import { restoreWithNodeZookeeperClient } from '../foreign/node-zookeeper-client.ts';
import { startVersitygw } from '../servers/versitygw.ts';
import { startZooKeeper, type ZooKeeperServer } from '../servers/zookeeper.ts';
import { accessibilityProblems } from './support/axe.ts';
import { freshPage, openBrowser } from './support/browser.ts';
import { damageFile } from './support/damage.ts';
import { type HostProcess, startHost } from './support/host-process.ts';
import { HOSTILE_NAME, labTree } from './support/lab.ts';
import { signIn } from './support/sign-in.ts';

/** As far as people may call a thing. */
const NAME = HOSTILE_NAME;
const CALLED = encodeURIComponent(NAME);
const SHOWN = NAME.replace('\u202e', '\\u202e');

let browser: Browser;
let host: HostProcess;
let zookeeper: ZooKeeperServer;
let point: string;
let archive: string;

const made = z.array(z.object({ id: z.string(), archives: z.array(z.object({ path: z.string() })) }));

beforeAll(async () => {
  [browser, host, zookeeper] = await Promise.all([openBrowser(), startHost(), startZooKeeper()]);
  await restoreWithNodeZookeeperClient(zookeeper, labTree(5));
  const connect = ['--connect-string', zookeeper.connectString, '--service', NAME];
  await host.cli('cluster', 'add', NAME, '--environment', 'test', '--source', 'zookeeper', ...connect);
  const disk = join(host.directory, 'disk');
  await host.cli('storage', 'add', NAME, '--driver', 'local', '--directory', disk);
  await host.cli('task', 'create', NAME, '--cluster', NAME, '--storage', NAME, '--consent-sensitive');
  await host.lines('task', 'run', NAME);
  const [first] = made.parse(await host.cli('point', 'list'));
  point = first?.id ?? '';
  archive = join(disk, first?.archives[0]?.path ?? '');
});

afterAll(async () => {
  await browser?.close();
  await host?.[Symbol.asyncDispose]();
  await zookeeper?.[Symbol.asyncDispose]();
});

test('names that mean harm are text on every screen', async () => {
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  page.on('dialog', (dialog) => complaints.push(`a dialog says ${dialog.message()}`));
  await signIn(page, host);
  const service = `${CALLED}/${CALLED}`;
  for (const screen of [
    ...['/', '/clusters', '/tasks', '/runs', '/points', '/points?view=calendar', '/storages', '/explore'],
    ...[`/clusters/${CALLED}`, `/clusters/${CALLED}/edit`, `/tasks/${CALLED}`, `/tasks/${CALLED}/edit`],
    ...[`/storages/${CALLED}`, `/storages/${CALLED}/edit`, `/runs/${point}`, `/points/${point}`],
    `/explore?target=cluster:${service}&path=/app`,
    `/explore?target=point:${point}/${CALLED}&path=/app/${CALLED}`,
    `/compare?left=point:${point}/${CALLED}&right=cluster:${service}`,
    ...[`/restore?from=point:${point}&step=plan`, `/verify?target=point:${point}`],
  ]) {
    await page.goto(host.url + screen);
    await page.locator('main [data-page-title]').waitFor();
    await page.locator('main [role=status][aria-label]').first().waitFor({ state: 'hidden' });
    expect(await page.locator('main img, main script').count(), screen).toBe(0);
    expect(complaints, screen).toEqual([]);
  }
  await page.goto(`${host.url}/tasks/${CALLED}`);
  await page.getByRole('heading', { level: 1, name: SHOWN, exact: true }).waitFor();
  // A mark that turns the direction would turn the words after the name as well.
  await page.goto(`${host.url}/restore?from=point:${point}&step=plan`);
  await page.getByText(`${SHOWN} is as the point has it already.`).waitFor();
});

test('a storage that is gone, and one that takes calls and never answers, leave the others usable', async () => {
  await host.cli('vault', 'init', '--key-file', join(host.directory, 'vault.key'));
  const gone = join(host.directory, 'gone');
  await mkdir(gone);
  await host.cli('storage', 'add', 'gone', '--driver', 'local', '--directory', gone, '--no-create');
  await rm(gone, { recursive: true, force: true });
  await using gateway = await startVersitygw();
  await gateway.createBucket('backups');
  const { accessKey, secretKey } = gateway.root;
  const key = join(host.directory, 'secret-key');
  await writeFile(key, secretKey);
  const account = ['--access-key', accessKey, '--secret-key-file', key];
  const bucket = ['--endpoint', gateway.endpoint, '--bucket', 'backups', '--silence-timeout', '600'];
  await host.cli('storage', 'add', 'silent', '--driver', 'obs', ...bucket, ...account);
  gateway.pause();
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await signIn(page, host);
  await page.goto(`${host.url}/storages`);
  await page.getByRole('row', { name: /gone.*Cannot be reached/ }).waitFor();
  await page.getByRole('row', { name: /onerror.* free/ }).waitFor();
  // It is still waited for, and holds nobody up.
  await page.getByRole('row', { name: /silent.*…/ }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.goto(`${host.url}/storages/silent`);
  await page.getByRole('link', { name: 'Change' }).waitFor();
  await page.goto(host.url);
  await page.getByRole('heading', { level: 2, name: 'Needs attention' }).waitFor();
  expect(complaints).toEqual([]);
});

test('from a damaged archive no restore changes anything, and it is said why', async () => {
  await damageFile(archive);
  await using client = await connect({ connectString: zookeeper.connectString });
  await client.setData('/app/notes', Buffer.from('scribbled over'));
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await signIn(page, host);
  await page.goto(`${host.url}/restore?from=point:${point}&step=plan`);
  const said = page.getByRole('alert').getByText(/^(archive\.|engine\.archive-unsound)/);
  // What the plan reads may have been spared: then the proof before the first change finds it.
  await said
    .or(page.getByText(/^1 change to /))
    .first()
    .waitFor();
  if ((await said.count()) === 0) {
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByLabel(/to confirm$/).fill(SHOWN);
    await page.getByRole('button', { name: `Restore ${SHOWN}` }).click();
    await said.first().waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  }
  const { data } = await client.getData('/app/notes');
  expect(data?.toString()).toBe('scribbled over');
  expect(complaints).toEqual([]);
});
