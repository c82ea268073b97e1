import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startZooKeeper } from '../servers/zookeeper.ts';
import { accessibilityProblems } from './support/axe.ts';
import { freshPage, openBrowser } from './support/browser.ts';
import { startHost } from './support/host-process.ts';
import { signIn } from './support/sign-in.ts';

test('the vault is made in front of a dialog of the task wizard, and nothing that was typed is lost', async () => {
  await using zookeeper = await startZooKeeper();
  await using host = await startHost();
  await using browser = await openBrowser();
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await host.cli(
    'cluster',
    'add',
    'lab',
    '--source',
    'zookeeper',
    '--connect-string',
    zookeeper.connectString,
  );
  await signIn(page, host);
  const step = (name: string) => page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
  const next = () => page.getByRole('button', { name: 'Next' }).click();
  await page.goto(`${host.url}/tasks/new`);
  await page.getByRole('textbox', { name: 'Name' }).fill('nightly');
  await page.getByLabel('Cluster').selectOption('lab');
  await next();
  await step('Services');
  await next();
  await step('Storages');
  await page.getByRole('button', { name: 'Add a storage' }).click();

  const storage = page.getByRole('dialog', { name: 'Add a storage' });
  const field = (name: string) => storage.getByRole('textbox', { name, exact: true });
  await field('Name').fill('bucket');
  await storage.getByText('OBS / S3', { exact: true }).click();
  await field('Endpoint').fill('http://127.0.0.1:9');
  await field('Bucket').fill('backups');
  await field('Access key').fill('access');
  await field('Secret key').fill('kept all along');
  await storage.getByRole('button', { name: 'Add the storage' }).click();
  const toVault = storage.getByRole('alert').getByRole('button', { name: 'To the vault' });
  await toVault.click();

  const vault = page.getByRole('dialog', { name: 'Vault' });
  await vault.getByRole('radio', { name: 'Key file' }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await vault.waitFor({ state: 'hidden' });
  expect(await field('Secret key').inputValue()).toBe('kept all along');
  await toVault.click();
  await vault.getByRole('radio', { name: 'Key file' }).check();
  const path = vault.getByRole('textbox', { name: 'Path of the key file on the host' });
  await path.fill(join(host.directory, 'vault.key'));
  await vault.getByRole('button', { name: 'Make the vault' }).click();
  await vault.waitFor({ state: 'hidden' });
  expect(await field('Secret key').inputValue()).toBe('kept all along');

  // It is open now: what was refused before leads to nothing that could be spoilt.
  await toVault.click();
  await vault.getByText('Protected by a key file').waitFor();
  expect(await vault.getByRole('button', { name: 'Protect it in another way…' }).count()).toBe(0);
  await vault.getByRole('button', { name: 'Close' }).last().click();
  await vault.waitFor({ state: 'hidden' });
  await storage.locator(':focus').waitFor();
  await page.keyboard.press('Escape');
  await storage.waitFor({ state: 'hidden' });
  await step('Storages');
  expect(complaints).toEqual([]);
});
