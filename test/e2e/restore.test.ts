import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { connect } from '../../main/protocols/zookeeper/index.ts';
import { dumpWithJava } from '../foreign/zookeeper.ts';
import { startZooKeeper, type ZooKeeperServer } from '../servers/zookeeper.ts';
import { accessibilityProblems } from './support/axe.ts';
import { freshPage, openBrowser } from './support/browser.ts';
import { type HostProcess, startHost } from './support/host-process.ts';
import { signIn } from './support/sign-in.ts';

const NODES = 150;
/** Objects a second: slow enough for a restore to be seen at work, reloaded and cancelled. */
const SLOW_PACE = '40';
/** Names that would be markup, or patterns, if they were taken for that. */
const MARKUP = '<img src=x onerror=alert(1)>';
const STARS = 'a*b?';

let browser: Browser;
let host: HostProcess;
let zookeeper: ZooKeeperServer;

beforeAll(async () => {
  [browser, host, zookeeper] = await Promise.all([openBrowser(), startHost(), startZooKeeper()]);
  await using client = await connect({ connectString: zookeeper.connectString });
  for (const path of ['/app', `/app/${MARKUP}`, `/app/${STARS}`, '/app/config', '/many']) {
    await client.create(path, Buffer.from(`first ${path}`));
  }
  await client.create(`/app/${STARS}/below`, Buffer.from('first'));
  const many = Array.from({ length: NODES }, (_, i) => `/many/n${i}`);
  await Promise.all(many.map((path) => client.create(path, Buffer.from(path))));
  const service = ['--source', 'zookeeper', '--connect-string', zookeeper.connectString];
  await host.cli('cluster', 'add', 'lab', '--environment', 'production', ...service);
  await host.cli(
    'cluster',
    'add',
    'slow',
    '--environment',
    'test',
    '--objects-per-second',
    SLOW_PACE,
    ...service,
  );
  await host.cli('storage', 'add', 'disk', '--driver', 'local', '--directory', join(host.directory, 'disk'));
  const source = ['--source', 'ZooKeeper', '--storage', 'disk', '--copies', '9', '--consent-sensitive'];
  await host.cli('task', 'create', 'nightly', '--cluster', 'lab', ...source);
});

afterAll(async () => {
  await browser?.close();
  await host?.[Symbol.asyncDispose]();
  await zookeeper?.[Symbol.asyncDispose]();
});

const points = z.array(z.object({ id: z.string() }));
const runs = z.array(z.object({ id: z.string(), kind: z.string(), state: z.string() }));

/** What the cluster holds, as ZooKeeper's own client reads it. */
async function held() {
  const all = await dumpWithJava(zookeeper);
  return all
    .filter(({ path }) => !path.startsWith('/zookeeper'))
    .map(({ path, data, acl }) => ({ path, data, acl }));
}

async function backUp(): Promise<string> {
  await host.lines('task', 'run', 'nightly');
  const [newest] = points.parse(await host.cli('point', 'list'));
  return newest?.id ?? '';
}

/** Data changed, a node gone, another one made: what a restore has to put right. */
async function breakApp(): Promise<void> {
  await using client = await connect({ connectString: zookeeper.connectString });
  await client.setData(`/app/${MARKUP}`, Buffer.from('broken'));
  await client.setData(`/app/${STARS}/below`, Buffer.from('broken'));
  await client.delete('/app/config');
  await client.create('/app/intruder', Buffer.from('made since'));
}

async function restoresSoFar(): Promise<number> {
  return runs.parse(await host.cli('run', 'list')).filter(({ kind }) => kind !== 'backup').length;
}

const next = (page: Page) => page.getByRole('button', { name: 'Next' }).click();

/** From the plan on: the checklist, the cluster's name, the button. */
async function carryOut(page: Page, cluster: string, button: string): Promise<void> {
  await next(page);
  await page.getByRole('heading', { level: 2, name: 'Checklist' }).waitFor();
  await page.getByRole('checkbox').check();
  await next(page);
  await page.getByLabel(`Type "${cluster}" to confirm`).fill(cluster);
  await page.getByRole('button', { name: button }).click();
  await page.waitForURL(/[?&]run=/);
}

test('a broken cluster is understood, restored, compared, and taken back', async () => {
  const before = await held();
  await backUp();
  await breakApp();
  const broken = await held();
  expect(broken).not.toEqual(before);
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await signIn(page, host);

  await page.goto(`${host.url}/restore`);
  await page.getByRole('button', { name: 'Take this one' }).click();
  expect(await accessibilityProblems(page)).toEqual([]);
  await next(page);
  await page.getByRole('radio', { name: 'Everything' }).waitFor();
  await next(page);
  await page.getByText('What was made since then is deleted.').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await next(page);

  await page.getByText('4 changes to lab').waitFor();
  const steps = page.getByRole('grid', { name: 'Every step' });
  await steps.getByRole('row', { name: /Delete \/app\/intruder/ }).waitFor();
  await steps.getByRole('row', { name: /Create \/app\/config/ }).waitFor();
  await steps.getByRole('row', { name: new RegExp(`Change /app/${RegExp.escape(MARKUP)}`) }).waitFor();
  expect(await page.locator('main img').count()).toBe(0);
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(await held()).toEqual(broken);

  await next(page);
  expect(await page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('checkbox').check();
  await next(page);
  const start = page.getByRole('button', { name: 'Restore lab' });
  const name = page.getByLabel('Type "lab" to confirm');
  for (const wrong of ['', 'slow', 'Lab', 'lab ']) {
    await name.fill(wrong);
    await name.press('Enter');
    expect(await start.isDisabled(), wrong).toBe(true);
  }
  await name.fill('lab');
  await name.press('Enter');
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(page.url()).toContain('step=confirm');
  expect(await restoresSoFar()).toBe(0);
  expect(await held()).toEqual(broken);
  await start.click();

  await page.getByText('Done: lab is as the recovery point has it.').waitFor();
  expect(await held()).toEqual(before);
  await page.getByText('no difference from the point').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'HTML' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toContain('<title>Restore of lab</title>');
  await page.getByRole('button', { name: 'View the report' }).click();
  await page.getByRole('heading', { name: 'Checks before the restore' }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.getByRole('link', { name: 'Take it back' }).click();
  await page.getByText('4 changes to lab').waitFor();
  await carryOut(page, 'lab', 'Take back in lab');
  await page.getByText('Done: lab is as it was before the restore.').waitFor();
  expect(await held()).toEqual(broken);
  expect(complaints).toEqual([]);
});

test('of what is ticked, and of nothing else, the cluster is made as it was', async () => {
  await using client = await connect({ connectString: zookeeper.connectString });
  const restored = `/app/${STARS}/below`;
  await client.setData(restored, Buffer.from('wanted'));
  const wanted = await held();
  await backUp();
  await client.setData(restored, Buffer.from('broken again'));
  await client.setData('/app', Buffer.from('stays'));
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await signIn(page, host);
  await page.goto(`${host.url}/restore`);
  await page.getByRole('button', { name: 'Take this one' }).click();
  await next(page);
  await page.getByRole('radio', { name: 'Only a part' }).check();
  expect(await page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
  const tree = page.getByRole('tree');
  await tree.getByRole('treeitem', { name: 'app' }).waitFor();
  await tree.focus();
  await page.keyboard.press('ArrowRight');
  await tree.getByRole('treeitem', { name: MARKUP }).waitFor();
  const place = tree.getByRole('treeitem', { name: STARS });
  for (let row = 0; row < 5 && (await place.getAttribute('data-active')) === null; row++) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Space');
  expect(await place.getAttribute('aria-checked')).toBe('true');
  expect(await tree.getByRole('treeitem', { name: 'app' }).getAttribute('aria-checked')).toBe('mixed');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.reload();
  await page.getByText('/app/a\\*b\\?').waitFor();
  await next(page);
  await next(page);
  await page.getByText('1 change to lab').waitFor();
  await carryOut(page, 'lab', 'Restore lab');
  await page.getByText('Done: lab is as the recovery point has it.').waitFor();
  const stays = { data: Buffer.from('stays').toString('base64') };
  expect(await held()).toEqual(wanted.map((node) => (node.path === '/app' ? { ...node, ...stays } : node)));
  expect(complaints).toEqual([]);
});

test('a restore goes on without the page, is found again by its address, cancelled and resumed', async () => {
  const point = await backUp();
  const before = await held();
  await using client = await connect({ connectString: zookeeper.connectString });
  const many = Array.from({ length: NODES }, (_, i) => `/many/n${i}`);
  await Promise.all(many.map((path) => client.setData(path, Buffer.from('broken'))));
  await using fresh = await freshPage(browser);
  const { page } = fresh;
  await signIn(page, host);
  await page.goto(`${host.url}/restore?from=point:${point}&to=slow&select=["/many"]&step=plan`);
  await page.getByText(`${NODES} changes to slow`).waitFor();
  await carryOut(page, 'slow', 'Restore slow');
  await page.getByText('this window can be closed').waitFor();
  const address = page.url();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Restore of slow' }).waitFor();
  expect(page.url()).toBe(address);
  await page.getByText('Create and change nodes · ZooKeeper').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Cancel the restore' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the restore' }).click();
  await page.getByText('Cancelled. What was changed before stays changed.').waitFor();
  expect(await held()).not.toEqual(before);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByText('Done: slow is as the recovery point has it.').waitFor();
  expect(await held()).toEqual(before);
});

test('a sealed archive file asks for its passphrase, and goes below another path beside what is there', async () => {
  const directory = join(host.directory, 'sealed');
  const secret = join(host.directory, 'passphrase');
  await writeFile(secret, 'kelp and deep water');
  const source = ['--source', 'zookeeper', '--connect-string', zookeeper.connectString];
  const storage = ['--storage', 'local', '--directory', directory];
  await host.lines('backup', ...source, ...storage, '--name', 'sealed', '--archive-passphrase-file', secret);
  const file = (await readdir(directory, { recursive: true })).find((name) => name.endsWith('.tar.gz')) ?? '';
  const before = await held();
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await signIn(page, host);
  await page.goto(`${host.url}/restore`);
  await page.getByText('Archive file', { exact: true }).click();
  await page.getByLabel('Path of an archive file on the host').fill(join(directory, file));
  await page.keyboard.press('Enter');
  await page.getByText(`Taken: ${join(directory, file)}`).waitFor();
  await next(page);
  await next(page);
  await page.getByLabel('Into cluster').selectOption('lab');
  await page.getByLabel('Below another path').fill('/copy/here');
  await page.getByRole('radio', { name: 'Merge' }).check();
  await next(page);
  const passphrase = page.getByRole('textbox', { name: 'Passphrase' });
  await passphrase.fill('shallow water');
  await passphrase.press('Enter');
  await page.getByText('archive.wrong-passphrase').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await passphrase.fill('kelp and deep water');
  await passphrase.press('Enter');
  await page.getByText(/changes to lab/).waitFor();
  await carryOut(page, 'lab', 'Restore lab');
  await page.getByText('Done: lab is as the recovery point has it.').waitFor();
  const after = await held();
  expect(after.filter(({ path }) => !path.startsWith('/copy'))).toEqual(before);
  // Quotas come along as well; `before` is without them.
  const copied = after.filter(({ path }) => /^\/copy\/here\/(?!zookeeper)/.test(path));
  const moved = before.map((node) => ({ ...node, path: `/copy/here${node.path}` }));
  expect(copied).toEqual(moved.filter(({ path }) => path !== '/copy/here/'));
  expect(complaints).toEqual([]);
});
