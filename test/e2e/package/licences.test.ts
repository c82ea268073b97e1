import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityProblems } from '../support/axe.ts';
import { freshPage, openBrowser } from '../support/browser.ts';
import { type HostProcess, startHost } from '../support/host-process.ts';
import { signIn } from '../support/sign-in.ts';

let browser: Browser;
let host: HostProcess;

beforeAll(async () => {
  [browser, host] = await Promise.all([openBrowser(), startHost()]);
});

afterAll(async () => {
  await browser?.close();
  await host?.[Symbol.asyncDispose]();
});

test('the licences of what Holdfast is built with are read in the settings, also by keyboard', async () => {
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await signIn(page, host);
  await page.goto(`${host.url}/settings?section=about`);
  await page.getByRole('button', { name: 'Read them' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Licences of the libraries' });
  await dialog.getByText('Third-party licences of Holdfast').waitFor();
  const text = await dialog.textContent();
  expect(text).toMatch(/^react \d+\.\d+\.\d+: MIT$/m);
  expect(text).toMatch(/^Node\.js \d+\.\d+\.\d+: MIT$/m);
  expect(await accessibilityProblems(page)).toEqual([]);

  const region = dialog.getByRole('region', { name: 'Licences of the libraries' });
  await region.focus();
  await page.keyboard.press('End');
  await page.waitForFunction(
    (element) => Number(Reflect.get(element ?? {}, 'scrollTop')) > 0,
    await region.elementHandle(),
  );
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});
