import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../main/protocols/zookeeper/index.ts';
import { startZooKeeper, type ZooKeeperServer } from '../servers/zookeeper.ts';
import { accessibilityProblems } from './support/axe.ts';
import { freshPage, openBrowser } from './support/browser.ts';
import { damageFile } from './support/damage.ts';
import { type HostProcess, startHost } from './support/host-process.ts';
import { type Lab, protectLab } from './support/lab.ts';
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

test('what was broken since a point is counted, listed, told line by line, and handed to the restore', async () => {
  await using client = await connect({ connectString: zookeeper.connectString });
  await client.setData(
    '/app/config',
    Buffer.from('{"retention":9,"big":12345678901234567890,"topics":["orders","payments"]}'),
  );
  await client.setAcl('/app/notes', [{ perms: 1, scheme: 'ip', id: '127.0.0.1' }]);
  await client.create('/orders/order-new', Buffer.from('x'));
  for (let i = 100; i < 130; i++) await client.delete(`/orders/order-000${i}`);

  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await signIn(page, host);
  await page.goto(`${host.url}/compare`);
  const left = page.getByRole('group', { name: 'Left' });
  await left.getByLabel('Recovery point').last().selectOption({ index: 1 });
  const right = page.getByRole('group', { name: 'Right' });
  await right.getByText('Live cluster').click();
  await right.getByLabel('Live cluster').last().selectOption({ label: 'lab · ZooKeeper' });

  const list = page.getByRole('grid', { name: 'Differences' });
  await page.getByText('Different 2', { exact: true }).waitFor();
  await page.getByText('Only on the left 30', { exact: true }).waitFor();
  await page.getByText('Only on the right 1', { exact: true }).waitFor();
  const detail = page.getByRole('region', { name: 'The entry on both sides' });
  await list.getByText('/app/config').click();
  await detail.getByText('"retention": 7,').waitFor();
  await detail.getByText('"retention": 9,').waitFor();
  expect(await detail.locator('[data-side=left]').count()).toBe(1);
  await list.getByText('/app/notes').click();
  await detail.getByText('Anyone may read, write, create, delete, and change permissions').waitFor();
  await detail.getByText('Address 127.0.0.1 may read').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.getByText('Only on the right 1', { exact: true }).click();
  await list.getByText('/orders/order-new').click();
  await detail.getByText('Only in lab · ZooKeeper · live:').waitFor();
  expect(await list.getByRole('row').count()).toBe(2);
  await page.reload();
  await detail.getByText('Only in lab · ZooKeeper · live:').waitFor();
  expect(await list.getByRole('row').count()).toBe(2);

  await page.getByRole('button', { name: 'Swap the sides' }).click();
  await page.getByText('Only on the left 1', { exact: true }).waitFor();
  await page.getByText('Only on the right 30', { exact: true }).waitFor();
  const restore = new URL(
    (await detail.getByRole('link', { name: 'Restore this…' }).getAttribute('href')) ?? '',
    host.url,
  );
  expect(Object.fromEntries(restore.searchParams)).toEqual({
    from: `point:${lab.point}/ZooKeeper`,
    select: '["/orders/order-new"]',
    to: 'lab',
  });
  expect(complaints).toEqual([]);
});

test('two points are compared by their archives, and equal ones are said to be equal', async () => {
  await host.lines('task', 'run', 'nightly');
  const [newer] = (await host.cli('point', 'list')) as { id: string }[];
  await using fresh = await freshPage(browser);
  const { page } = fresh;
  await signIn(page, host);
  await page.goto(`${host.url}/compare?left=point:${lab.point}&right=point:${newer?.id}`);
  await page.getByText('Different 2', { exact: true }).waitFor();
  await page.getByText('Only on the left 30', { exact: true }).waitFor();
  await page.getByRole('textbox', { name: 'Path contains' }).fill('NEW');
  await page.getByText('Only on the left 0', { exact: true }).waitFor();
  await page.getByRole('grid', { name: 'Differences' }).getByText('/orders/order-new').waitFor();
  await page.goto(`${host.url}/compare?left=point:${newer?.id}&right=cluster:lab`);
  await page.getByText('Both sides are equal').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('an archive is proved sound, then damaged, and what was hit is named', async () => {
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await signIn(page, host);
  await page.goto(`${host.url}/verify?target=point:${lab.point}`);
  await page.getByText('Never').waitFor();
  await page.getByRole('button', { name: 'Verify' }).click();
  const report = page.getByRole('region', { name: 'ZooKeeper' });
  await report.getByText('Every byte is what was written, and every entry can be read.').waitFor();
  await page.getByRole('region', { name: 'Last verified' }).getByText('Sound').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  await damageFile(lab.archive);
  await page.getByRole('button', { name: 'Verify again' }).click();
  await report.getByText('Damaged', { exact: true }).waitFor();
  await report
    .getByRole('cell', { name: /part \d+, block \d+/ })
    .first()
    .waitFor();
  await page.getByRole('region', { name: 'Last verified' }).getByText('Damaged').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  const shown = await host.cli('point', 'show', lab.point);
  expect(shown).toMatchObject({ archives: [{ verified: { level: 'content', sound: false } }] });
  expect(complaints).toEqual([]);
});

test('two archives that are sealed by different passphrases are opened one after the other', async () => {
  const sealed = async (name: string, passphrase: string) => {
    const directory = join(host.directory, name);
    const secret = join(host.directory, `${name}.txt`);
    await writeFile(secret, passphrase);
    const source = ['--source', 'zookeeper', '--connect-string', zookeeper.connectString];
    const storage = ['--storage', 'local', '--directory', directory];
    await host.lines('backup', ...source, ...storage, '--name', name, '--archive-passphrase-file', secret);
    const names = await readdir(directory, { recursive: true });
    return { file: join(directory, names.find((each) => each.endsWith('.tar.gz')) ?? ''), secret };
  };
  const left = await sealed('sealed-left', 'kelp and deep water');
  await using client = await connect({ connectString: zookeeper.connectString });
  await client.setData('/app/empty', Buffer.from('another text'));
  const right = await sealed('sealed-right', 'kelp and shallow water');
  const secrets = ['--archive-passphrase-file', left.secret, '--right-archive-passphrase-file', right.secret];
  expect(await host.cli('diff', left.file, right.file, '--count', ...secrets).catch(String)).toContain(
    '"changed":1',
  );

  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await signIn(page, host);
  const sides = new URLSearchParams({ left: `file:${left.file}`, right: `file:${right.file}` });
  await page.goto(`${host.url}/compare?${sides}`);
  const passphrase = page.getByRole('textbox', { name: 'Passphrase' });
  await passphrase.fill('kelp and deep water');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('alert').getByText('archive.wrong-passphrase').waitFor();
  await page.getByText(/^Right:/).waitFor();
  await passphrase.fill('kelp and shallow water');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByText('Different 1', { exact: true }).waitFor();
  await page.getByRole('grid', { name: 'Differences' }).getByText('/app/empty').click();
  await page.getByText('another text').first().waitFor();
  expect(page.url()).not.toContain('kelp');
  expect(complaints).toEqual([]);
});
