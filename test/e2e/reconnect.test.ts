import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshPage, openBrowser } from './support/browser.ts';
import { type HostProcess, startHost } from './support/host-process.ts';

let browser: Browser;
let host: HostProcess;

beforeAll(async () => {
  [browser, host] = await Promise.all([openBrowser(), startHost()]);
});

afterAll(async () => {
  await browser?.close();
  await host?.[Symbol.asyncDispose]();
});

test('while the host is away the page says so and keeps what it shows; afterwards it goes on where it was', async () => {
  await using fresh = await freshPage(browser);
  const { page } = fresh;
  await page.goto(host.link);
  await page.getByText('Protect a cluster').waitFor();
  await page.goto(`${host.url}/clusters?sort=created`);
  await page.getByText('No clusters yet').waitFor();

  await host.stop();
  await page.getByText('Not connected to the host.').waitFor();
  expect(await page.getByText('No clusters yet').isVisible()).toBe(true);

  // A host that started again knows no sessions: its new link is asked for.
  await host.start();
  await page.getByLabel('Link or token').first().fill(host.link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('No clusters yet').waitFor();
  expect(page.url()).toBe(`${host.url}/clusters?sort=created`);
});
