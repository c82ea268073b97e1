import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { create } from 'tar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startZooKeeper, type ZooKeeperServer } from '../servers/zookeeper.ts';
import { accessibilityProblems } from './support/axe.ts';
import { freshPage, openBrowser } from './support/browser.ts';
import { type HostProcess, startHost } from './support/host-process.ts';
import { HOSTILE_NAME, type Lab, POINTER_FILE, protectLab } from './support/lab.ts';
import { signIn } from './support/sign-in.ts';

let browser: Browser;
let host: HostProcess;
let zookeeper: ZooKeeperServer;
let lab: Lab;

beforeAll(async () => {
  [browser, host, zookeeper] = await Promise.all([openBrowser(), startHost(), startZooKeeper()]);
  lab = await protectLab(host, zookeeper);
});

afterAll(async () => {
  await browser?.close();
  await host?.[Symbol.asyncDispose]();
  await zookeeper?.[Symbol.asyncDispose]();
});

test('a live cluster, its point and its archive file are looked into alike', async () => {
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await signIn(page, host);
  await page.getByRole('link', { name: 'Explore' }).click();
  await page.getByRole('grid', { name: 'Recovery points' }).getByText('nightly').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.getByRole('link', { name: 'ZooKeeper' }).click();
  const tree = page.getByRole('tree');
  await tree.getByText('app').click();
  const listing = page.getByRole('grid', { name: 'What is below this place' });
  await listing.getByText('config').click();
  const detail = page.getByRole('region', { name: 'The entry' });
  await detail.getByText('"big": 12345678901234567890').waitFor();
  await detail.getByText('Anyone may read', { exact: true }).waitFor();
  await detail
    .getByText('Address 127.0.0.1 may read, write, create, delete, and change permissions')
    .waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  const address = new URL(page.url());
  for (const target of [`point:${lab.point}/ZooKeeper`, `file:${lab.archive}`]) {
    address.searchParams.set('target', target);
    await page.goto(address.href);
    await detail.getByText('"big": 12345678901234567890').waitFor();
    await listing.getByRole('row', { name: /pointer/ }).click();
    await detail.getByText(POINTER_FILE).waitFor();
    await detail.getByText('org.apache.flink.runtime.state.RetrievableStreamStateHandle').waitFor();
  }
  expect(complaints).toEqual([]);
});

test('values are shown range by range and saved byte for byte; what means harm is text', async () => {
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await signIn(page, host);
  await page.goto(`${host.url}/explore?target=point:${lab.point}&path=/app&entry=/app/large`);
  const detail = page.getByRole('region', { name: 'The entry' });
  await detail.getByText('Bytes 1 to 65,536 of 192,000').waitFor();
  await detail.getByRole('button', { name: 'Next bytes' }).click();
  await detail.getByText('Bytes 65,537 to 131,072 of 192,000').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    detail.getByRole('button', { name: 'Download the raw bytes' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toBe('0123456789abcdef'.repeat(12_000));

  await page.getByRole('row', { name: /onerror/ }).click();
  await detail.getByText('<script>alert(1)</script>').waitFor();
  expect(await detail.getByRole('heading', { level: 2 }).textContent()).toBe(
    HOSTILE_NAME.replace('\u202e', '\\u202e'),
  );
  expect(await page.locator('main img, main script').count()).toBe(0);
  expect(complaints).toEqual([]);
});

test('a place with many children is scrolled to its end by the keyboard, a path is pasted, names and contents are searched', async () => {
  await using fresh = await freshPage(browser);
  const { page } = fresh;
  await signIn(page, host);
  await page.goto(`${host.url}/explore?target=cluster:lab`);
  const path = page.getByRole('textbox', { name: 'Path: paste one to go there' });
  await path.fill('/orders');
  await path.press('Enter');
  const listing = page.getByRole('grid', { name: 'What is below this place' });
  await page.getByText('1,200 children').waitFor();
  await listing.focus();
  await listing.press('End');
  await listing.getByText('order-001199').waitFor();
  await listing.press('Enter');
  await page.getByRole('region', { name: 'The entry' }).getByText('"id": 1199').waitFor();
  expect(await listing.getByRole('row').count()).toBeLessThan(80);
  await listing.press('ArrowLeft');
  await page.waitForURL((url) => !url.searchParams.has('path'));
  await listing.getByText('zookeeper').waitFor();
  await page.locator('[role=grid]:focus').waitFor();

  const search = page.getByRole('textbox', { name: 'Search below this place' });
  await search.fill('order-00110');
  await search.press('Enter');
  await page.getByText('10 matches · 1,', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'How to search' }).click();
  await page.getByLabel('Look in').selectOption('content');
  await page.keyboard.press('Escape');
  await search.fill('"payments"');
  await search.press('Enter');
  const found = page.getByRole('grid', { name: 'Found' });
  await found.getByText('/app/config').waitFor();
  await found.getByText('"orders","payments"').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.reload();
  await found.getByText('/app/config').waitFor();
});

test('sealed archives ask for what opens them, and files of other tools are listed', async () => {
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  const fixtures = join(import.meta.dirname, '..', 'fixtures', '1.0');
  await signIn(page, host);
  const open = async (file: string) => {
    await page.goto(`${host.url}/explore`);
    await page.getByRole('textbox', { name: 'Path of an archive file on the host' }).fill(file);
    await page.getByRole('button', { name: 'Open' }).click();
  };
  await open(join(fixtures, 'encrypted.tar.gz'));
  const passphrase = page.getByLabel('Passphrase');
  await passphrase.fill('not this one');
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('alert').getByText('archive.wrong-passphrase').waitFor();
  await passphrase.fill((await readFile(join(fixtures, 'encrypted.passphrase'), 'utf8')).trim());
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('tree').waitFor();
  expect(page.url()).not.toContain('passphrase');
  expect(await storedByPage(page)).not.toContain('correct');

  const foreign = join(host.directory, '3.9_ZooKeeper_20260301020000.tar.gz');
  await create({ file: foreign, gzip: true, cwd: fixtures }, ['plain.expected.ndjson', 'encrypted.key']);
  await open(foreign);
  await page.getByRole('heading', { name: 'Not written by Holdfast' }).waitFor();
  await page.getByRole('grid', { name: 'Files' }).getByText('plain.expected.ndjson').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  await open(join(host.directory, 'nowhere.tar.gz'));
  await page.getByRole('alert').waitFor();
  expect(complaints).toEqual([]);
});

async function storedByPage(page: Page): Promise<string> {
  return await page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');
}
