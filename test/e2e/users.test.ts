import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { accessibilityProblems } from './support/axe.ts';
import { freshPage, openBrowser } from './support/browser.ts';
import { type HostProcess, startHost } from './support/host-process.ts';
import { signIn } from './support/sign-in.ts';

const PASSWORD = 'kelp and deep water';
const OTHER = 'kelp and shallow water';

let browser: Browser;
let host: HostProcess;

beforeAll(async () => {
  [browser, host] = await Promise.all([openBrowser(), startHost()]);
});

afterAll(async () => {
  await browser?.close();
  await host?.[Symbol.asyncDispose]();
});

const known = z.array(z.object({ name: z.string(), role: z.string() }));
const users = async () =>
  known.parse(await host.cli('user', 'list')).map(({ name, role }) => `${name} ${role}`);

test('users are added, changed and removed; one changes the own password; the audit log tells of it', async () => {
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await signIn(page, host);
  await page.goto(`${host.url}/settings?section=users`);
  await page.getByText('No users yet').waitFor();
  await page.getByText('holdfast serve --address 0.0.0.0').waitFor();
  const add = async (name: string, role: string) => {
    await page.getByRole('button', { name: 'Add user' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await dialog.getByRole('radio', { name: role }).check();
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await dialog.getByLabel('The same again').fill(PASSWORD);
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Add user' }).click();
    await page.getByRole('row', { name: new RegExp(`^${name}`) }).waitFor();
  };
  await add('anna', 'Admin');
  await add('otto', 'Viewer');
  expect(await users()).toEqual(['anna admin', 'otto viewer']);
  const anna = page.getByRole('row', { name: /^anna/ });
  const otto = page.getByRole('row', { name: /^otto/ });
  expect(await anna.getByRole('button', { name: 'Remove' }).isDisabled()).toBe(true);
  await anna.getByRole('button', { name: 'Change' }).click();
  await page.getByRole('dialog').getByText('The last admin stays admin.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await accessibilityProblems(page)).toEqual([]);

  await using other = await freshPage(browser);
  const window = other.page;
  const enter = async (password: string) => {
    await window.getByLabel('User', { exact: true }).fill('otto');
    await window.getByLabel('Password', { exact: true }).fill(password);
    await window.getByRole('button', { name: 'Sign in' }).click();
  };
  await window.goto(`${host.url}/settings`);
  await enter(PASSWORD);
  await window.getByRole('button', { name: 'Change password…' }).click();
  const dialog = window.getByRole('dialog');
  await dialog.getByLabel('Password so far').fill(PASSWORD);
  await dialog.getByLabel('New password', { exact: true }).fill(OTHER);
  await dialog.getByLabel('The same again').fill(OTHER);
  expect(await accessibilityProblems(window)).toEqual([]);
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await enter(PASSWORD);
  await window.getByRole('alert').getByText('host.wrong-credentials').waitFor();
  await enter(OTHER);
  await window.getByText('This one').waitFor();
  await window.getByRole('tab', { name: 'Users' }).click();
  await window.getByText('Only admins can change this.').waitFor();
  expect(other.complaints).toEqual([]);

  await otto.getByRole('button', { name: 'Change' }).click();
  await page.getByRole('dialog').getByRole('radio', { name: 'Operator' }).check();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await window.getByLabel('Password', { exact: true }).waitFor();
  expect(await users()).toEqual(['anna admin', 'otto operator']);
  await otto.getByRole('button', { name: 'Remove' }).click();
  await page.getByLabel('Type "otto" to confirm').fill('otto');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await otto.waitFor({ state: 'detached' });
  expect(await users()).toEqual(['anna admin']);

  await page.getByRole('tab', { name: 'Audit log' }).click();
  await page.getByRole('row', { name: /users\.remove/ }).waitFor();
  await page.getByRole('row', { name: /otto.*users\.changePassword.*Done/ }).waitFor();
  expect(await page.getByRole('main').textContent()).not.toContain('kelp');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByLabel('Outcome').selectOption({ label: 'Refused' });
  await page.getByRole('row', { name: /otto.*sign-in.*Refused/ }).waitFor();
  await page.getByRole('row', { name: /users\.remove/ }).waitFor({ state: 'detached' });
  expect(page.url()).toBe(`${host.url}/settings?section=audit&outcome=refused`);
  await page.reload();
  await page.getByRole('row', { name: /otto.*sign-in.*Refused/ }).waitFor();
  await page.getByRole('combobox', { name: 'About' }).selectOption({ label: 'Vault' });
  await page.getByText('Nothing like that').waitFor();
  expect(complaints).toEqual([]);
}, 240_000);
