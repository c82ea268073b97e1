import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { accessibilityProblems } from './support/axe.ts';
import { freshPage, openBrowser } from './support/browser.ts';
import { type HostProcess, startHost } from './support/host-process.ts';
import { signIn } from './support/sign-in.ts';

const PASSPHRASE = 'kelp and deep water';

let browser: Browser;
let host: HostProcess;

beforeAll(async () => {
  [browser, host] = await Promise.all([openBrowser(), startHost()]);
});

afterAll(async () => {
  await browser?.close();
  await host?.[Symbol.asyncDispose]();
});

const vaultState = z.object({ state: z.string(), protector: z.string().optional() });
const state = async () => vaultState.parse(await host.cli('vault', 'show'));

test('the vault is made under a passphrase, opened after a start, and put under a key file; a key is made in it', async () => {
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await signIn(page, host);
  await page.goto(`${host.url}/settings?section=keys`);
  await page.getByText('Keys are in the vault').waitFor();
  await page.getByRole('link', { name: 'To the vault' }).click();
  await page.getByText('Not made yet').waitFor();
  await page.getByRole('radio', { name: 'Passphrase' }).check();
  const make = page.getByRole('button', { name: 'Make the vault' });
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
  await page.getByRole('textbox', { name: 'The same again' }).fill('kelp and shallow water');
  expect(await make.isDisabled()).toBe(true);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('textbox', { name: 'The same again' }).fill(PASSPHRASE);
  await make.click();
  await page.getByText('Protected by a passphrase').waitFor();
  expect(await state()).toMatchObject({ state: 'open', protector: 'passphrase' });

  await host.stop();
  await host.start();
  await signIn(page, host);
  await page.goto(`${host.url}/settings?section=vault`);
  await page.getByText('Locked', { exact: true }).waitFor();
  await page.getByRole('textbox', { name: 'Passphrase' }).fill('something else');
  await page.getByRole('button', { name: 'Open the vault' }).click();
  await page.getByRole('alert').getByText('secrets.wrong-passphrase').waitFor();
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Open the vault' }).click();
  await page.getByText('Open', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'Protect it in another way…' }).click();
  await page.getByRole('radio', { name: 'Key file' }).check();
  const keyFile = join(host.directory, 'vault.key');
  await page.getByRole('textbox', { name: 'Path of the key file on the host' }).fill(keyFile);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Change the protection' }).click();
  await page.getByText('Protected by a key file').waitFor();
  expect(await state()).toMatchObject({ state: 'open', protector: 'key-file' });
  expect((await stat(keyFile)).mode & 0o077).toBe(0);

  await page.getByRole('tab', { name: 'Keys' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('main');
  const file = join(host.directory, 'main.key');
  await dialog.getByRole('textbox', { name: 'Path of the key’s file on the host' }).fill(file);
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.getByText(`Key main is in the vault and in ${file}`).waitFor();
  await dialog.getByText('Close', { exact: true }).click();
  await page.getByRole('row', { name: /main Sealing/ }).waitFor();
  expect(await host.cli('key', 'list')).toMatchObject([
    { name: 'main', purpose: 'sealing', state: 'active' },
  ]);
  expect((await stat(file)).size).toBeGreaterThan(0);
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(complaints).toEqual([]);
});
