import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startZooKeeper } from '../servers/zookeeper.ts';
import { freshPage, openBrowser } from './support/browser.ts';
import { startHost } from './support/host-process.ts';
import { choose, enter, tabTo, typeInto } from './support/keys.ts';

test('from nothing to a finished backup without a mouse', async () => {
  await using zookeeper = await startZooKeeper();
  await using host = await startHost();
  await using browser = await openBrowser();
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const link = (name: string) => page.getByRole('link', { name, exact: true });
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  const title = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
  const step = (name: string) => page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
  const next = () => enter(page, button('Next'));
  const disk = join(host.directory, 'disk');
  await mkdir(disk);

  await page.goto(host.link);
  await enter(page, link('Add a cluster'));
  await typeInto(page, field('Name'), 'lab');
  await choose(page, page.getByLabel('Environment'), 'test');
  await next();
  await step('Services');
  await enter(page, button('ZooKeeper'));
  await typeInto(page, field('Connect string'), zookeeper.connectString);
  await next();
  await step('Test');
  await next();
  await enter(page, button('Add the cluster'));
  await title('lab');

  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await enter(page, link('New task'));
  await typeInto(page, field('Name'), 'nightly');
  await choose(page, page.getByLabel('Cluster'), 'lab');
  await next();
  await step('Services');
  await next();
  await step('Storages');
  await enter(page, button('Add a storage'));
  const dialog = page.getByRole('dialog', { name: 'Add a storage' });
  await typeInto(page, dialog.getByRole('textbox', { name: 'Name' }), 'disk');
  await typeInto(page, dialog.getByRole('textbox', { name: 'Directory' }), disk);
  await enter(page, dialog.getByRole('button', { name: 'Add the storage' }));
  await dialog.waitFor({ state: 'hidden' });
  await next();
  for (const name of ['Schedule', 'Copies kept']) {
    await step(name);
    await next();
  }
  await step('Protection');
  await tabTo(page, page.getByLabel('Write the secrets of the cluster unsealed').first());
  await page.keyboard.press('Space');
  await next();
  for (const name of ['Checks', 'Estimate']) {
    await step(name);
    await next();
  }
  await step('Summary');
  await enter(page, button('Create the task'));
  await title('nightly');
  await enter(page, button('Run now'));
  await page.waitForURL(/\/runs\//);
  await page.locator('main').getByText('Succeeded').first().waitFor();

  const files = await readdir(disk, { recursive: true });
  const [archive = ''] = files.filter((name) => name.endsWith('.tar.gz'));
  expect((await host.lines('verify', join(disk, archive))).at(-1)).toMatchObject({
    verification: { sound: true, entries: 3 },
  });
  expect(complaints).toEqual([]);
});
