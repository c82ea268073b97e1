import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { connect } from '../../main/protocols/zookeeper/index.ts';
import { startZooKeeper, type ZooKeeperServer } from '../servers/zookeeper.ts';
import { accessibilityProblems } from './support/axe.ts';
import { freshPage, openBrowser } from './support/browser.ts';
import { type HostProcess, startHost } from './support/host-process.ts';
import { signIn } from './support/sign-in.ts';

/** Enough at the slow cluster's pace for a run to be seen at work, reloaded and cancelled. */
const MANY_NODES = 3000;
const SLOW_PACE = '40';

let browser: Browser;
let host: HostProcess;
let zookeeper: ZooKeeperServer;
/** What the wizard adds. */
let disk: string;
/** There from the start, called so. */
let shelf: string;

beforeAll(async () => {
  [browser, host, zookeeper] = await Promise.all([openBrowser(), startHost(), startZooKeeper()]);
  disk = join(host.directory, 'disk');
  shelf = join(host.directory, 'shelf');
  await host.cli('storage', 'add', 'shelf', '--driver', 'local', '--directory', shelf);
  await using client = await connect({ connectString: zookeeper.connectString });
  for (const [parent, count] of [
    ['/app', 20],
    ['/many', MANY_NODES],
  ] as const) {
    await client.create(parent, null);
    const paths = Array.from({ length: count }, (_, i) => `${parent}/n${i}`);
    await Promise.all(paths.map((path) => client.create(path, Buffer.from(path))));
  }
  const service = ['--source', 'zookeeper', '--connect-string', zookeeper.connectString];
  await host.cli('cluster', 'add', 'lab', '--environment', 'test', ...service);
  const slow = ['--environment', 'test', '--objects-per-second', SLOW_PACE];
  await host.cli('cluster', 'add', 'slow', ...slow, ...service);
});

afterAll(async () => {
  await browser?.close();
  await host?.[Symbol.asyncDispose]();
  await zookeeper?.[Symbol.asyncDispose]();
});

const points = z.array(z.object({ id: z.string(), pinned: z.boolean(), taskName: z.string() }));

async function listPoints(task: string) {
  const all = points.parse(await host.cli('point', 'list'));
  return all.filter(({ taskName }) => taskName === task);
}

/** The archives that lie in a directory, by their paths in it. */
async function archivesIn(directory: string): Promise<string[]> {
  const names = await readdir(directory, { recursive: true });
  return names.filter((name) => name.endsWith('.tar.gz')).sort();
}

/** What is kept of drafts in the tab. */
const DRAFTS = `Object.keys(sessionStorage).filter((key) => key.startsWith('holdfast.'))`;

const main = (page: Page) => page.locator('main');
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const step = (page: Page, name: string) =>
  page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
const next = (page: Page) => page.getByRole('button', { name: 'Next' }).click();

test('the wizard makes a task and its storage on the way; running it leaves the archive on the disk', async () => {
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await signIn(page, host);
  await page.goto(`${host.url}/tasks`);
  await page.getByRole('link', { name: 'New task' }).click();

  await page.getByLabel('Name').fill('app <b>');
  await page.getByLabel('Cluster').selectOption('lab');
  await next(page);

  await step(page, 'Services');
  await main(page)
    .getByText(/^Znode: 3,0\d\d$/)
    .waitFor();
  const subtrees = page.getByRole('combobox', { name: 'Subtrees' });
  await subtrees.press('Backspace');
  await subtrees.fill('/app');
  await subtrees.press('Enter');
  await main(page).getByText('Znode: 21').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await next(page);

  await step(page, 'Storages');
  await page.getByRole('button', { name: 'Add a storage' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a storage' });
  await dialog.getByLabel('Name').fill('disk');
  await dialog.getByRole('textbox', { name: 'Directory' }).fill(disk);
  await dialog.getByRole('button', { name: 'Add the storage' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await main(page).getByText('An interrupted write leaves nothing').waitFor();
  expect(await page.getByLabel('Storage', { exact: false }).first().inputValue()).toBe('disk');
  await next(page);

  await step(page, 'Schedule');
  await page.getByText('Production: daily, 14 copies').click();
  await page.getByLabel('First run').fill('2030-01-01T02:00');
  await page.locator('input').and(page.getByLabel('Time zone')).fill('UTC');
  await main(page).locator('time[datetime^="2030-01-05T02:00"]').waitFor();
  // A reload loses nothing of the draft, and shows the step that it was at.
  expect(await page.evaluate<unknown[]>(DRAFTS)).toHaveLength(1);
  await page.reload();
  await step(page, 'Schedule');
  expect(await page.getByLabel('First run').inputValue()).toBe('2030-01-01T02:00');
  await next(page);

  await step(page, 'Copies kept');
  await main(page).getByText('14 kept, 7 removed.').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await next(page);

  await step(page, 'Protection');
  expect(await page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
  await page.getByLabel('Write the secrets of the cluster unsealed').check();
  await next(page);

  await step(page, 'Checks');
  await page.getByRole('button', { name: 'Check again' }).and(page.locator(':enabled')).waitFor();
  expect(await main(page).getByText('· failed ·').count()).toBe(0);
  await next(page);

  await step(page, 'Estimate');
  await main(page).getByText('Znode: 21').waitFor();
  await next(page);

  await step(page, 'Summary');
  expect(await main(page).locator('pre').textContent()).toBe(
    "holdfast task create 'app <b>' --cluster lab --every 1d --start 2030-01-01T02:00:00.000Z --time-zone UTC" +
      ' --policy full-then-incremental --source ZooKeeper --storage disk --copies 14 --consent-sensitive --roots /app',
  );
  await page.getByRole('button', { name: 'Create the task' }).click();
  await title(page, 'app <b>');
  expect(await page.evaluate(DRAFTS)).toEqual([]);
  expect(await host.cli('task', 'show', 'app <b>')).toMatchObject({
    task: { sources: [{ service: 'ZooKeeper', selection: { roots: ['/app'] }, maximumCopies: 14 }] },
    next: expect.arrayContaining(['2030-01-01T02:00:00.000Z']),
  });
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.getByRole('button', { name: 'Run now' }).click();
  await page.waitForURL(/\/runs\//);
  await main(page).getByText('Succeeded').first().waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  const [archive = '', ...others] = await archivesIn(disk);
  expect(others).toEqual([]);
  // 21 nodes, and the root that they hang from.
  expect(await host.cli('inspect', join(disk, archive))).toMatchObject({
    manifest: { complete: true, task: { name: 'app <b>' }, counts: { znode: { entries: 22 } } },
  });
  expect(await listPoints('app <b>')).toHaveLength(1);
  expect(complaints).toEqual([]);
});

test('a run is followed over a reload, and cancelled', async () => {
  const roots = ['--source', 'ZooKeeper', '--roots', '/many'];
  await host.cli(
    'task',
    'create',
    'long',
    '--cluster',
    'slow',
    '--storage',
    'shelf',
    '--consent-sensitive',
    ...roots,
  );
  await using fresh = await freshPage(browser, { locale: 'zh-CN', colorScheme: 'dark' });
  const { page, complaints } = fresh;
  await signIn(page, host);
  await page.goto(`${host.url}/tasks`);
  await page.getByRole('button', { name: '立即运行 long' }).click();
  await page.waitForURL(/\/runs\//);
  await captured(page, 1);
  await page.reload();
  await captured(page, 1);
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.goto(`${host.url}/runs`);
  await main(page).getByRole('link', { name: 'long' }).waitFor();
  await captured(page, 1);
  expect(await accessibilityProblems(page)).toEqual([]);
  await main(page).getByRole('link', { name: 'long' }).click();
  await page.getByRole('button', { name: '取消运行' }).click();
  const dialog = page.getByRole('dialog', { name: '取消此运行？' });
  await dialog.getByRole('button', { name: '取消运行' }).click();
  await main(page).getByText('已取消').first().waitFor();
  expect(await host.cli('run', 'show', 'latest')).toMatchObject({ kind: 'backup', state: 'cancelled' });
  expect(await listPoints('long')).toEqual([]);
  expect(complaints).toEqual([]);
});

/** Waits until a step that runs tells of more objects than so many. */
async function captured(page: Page, objects: number): Promise<void> {
  const line = main(page)
    .locator('p')
    .filter({ hasText: /个\/秒/ });
  await expect
    .poll(async () => Number((await line.first().textContent())?.split(' ')[0]?.replaceAll(',', '') ?? 0), {
      timeout: 60_000,
    })
    .toBeGreaterThan(objects);
}

test('a point is pinned, found in the calendar, and removed with its archive once its id is typed', async () => {
  const roots = ['--source', 'ZooKeeper', '--roots', '/app'];
  const common = ['--cluster', 'lab', '--storage', 'shelf', '--directory', 'pinned', '--consent-sensitive'];
  await host.cli('task', 'create', 'twice', ...common, ...roots);
  await host.lines('task', 'run', 'twice');
  await host.lines('task', 'run', 'twice');
  const [newest] = await listPoints('twice');
  const id = newest?.id ?? '';
  const before = await archivesIn(shelf);

  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await signIn(page, host);
  await page.goto(`${host.url}/points?task=twice&view=calendar`);
  await page.getByRole('button', { name: /: 2 recovery points/ }).click();
  await main(page).getByRole('grid', { name: 'Recovery points' }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByText('Timeline').click();
  const list = main(page).getByRole('grid', { name: 'Recovery points' });
  expect(await list.getByRole('row').count()).toBe(3);
  expect(await accessibilityProblems(page)).toEqual([]);
  await list.press('Enter');
  await page.waitForURL(`${host.url}/points/${id}`);

  await page.getByRole('button', { name: 'Pin', exact: true }).click();
  await page.getByRole('button', { name: 'Unpin' }).waitFor();
  expect((await listPoints('twice')).map(({ pinned }) => pinned)).toEqual([true, false]);
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.getByRole('button', { name: 'More' }).click();
  await page.getByText('It is pinned: unpin it first.').waitFor();
  expect(await page.getByRole('menuitem', { name: 'Remove' }).isDisabled()).toBe(true);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Unpin' }).click();
  await page.getByRole('button', { name: 'Pin', exact: true }).waitFor();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove' });
  const remove = dialog.getByRole('button', { name: 'Remove the recovery point' });
  expect(await remove.isDisabled()).toBe(true);
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByLabel(/Type/).fill(id.slice(0, 8));
  await remove.click();
  await page.waitForURL(`${host.url}/points`);
  expect((await listPoints('twice')).map((point) => point.id)).not.toContain(id);
  const after = await archivesIn(shelf);
  expect(before.filter((path) => !after.includes(path))).toHaveLength(1);
  expect(complaints).toEqual([]);
});

test('a storage is changed, validated, rescanned, and removed by its name', async () => {
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await signIn(page, host);
  const other = join(host.directory, 'other');
  await page.goto(`${host.url}/storages/new`);
  await page.getByLabel('Name').fill('spare');
  await page.getByRole('textbox', { name: 'Directory' }).fill(other);
  await page.getByRole('button', { name: 'Try it first' }).click();
  await main(page).getByText('An interrupted write leaves nothing').waitFor();
  await page.getByRole('button', { name: 'Add the storage' }).click();
  await title(page, 'spare');
  await page.getByRole('button', { name: 'Check again' }).and(page.locator(':enabled')).waitFor();

  await page.getByRole('link', { name: 'Change' }).click();
  await page.getByRole('textbox', { name: 'Directory' }).fill(shelf);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save' }).click();
  await main(page).getByText(shelf, { exact: true }).waitFor();
  expect(await host.cli('storage', 'list')).toContainEqual(
    expect.objectContaining({ name: 'spare', options: expect.objectContaining({ directory: shelf }) }),
  );

  await page.goto(`${host.url}/storages/shelf?doing=rescan`);
  await page.getByRole('button', { name: 'Rescan now' }).click();
  await main(page).getByText('All as it was written').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.goto(`${host.url}/storages/spare`);
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByLabel('Type "spare" to confirm').fill('spare');
  await page.getByRole('button', { name: 'Remove the storage' }).click();
  await page.waitForURL(`${host.url}/storages`);
  expect(await host.cli('storage', 'list')).not.toContainEqual(expect.objectContaining({ name: 'spare' }));
  expect(complaints).toEqual([]);
});
