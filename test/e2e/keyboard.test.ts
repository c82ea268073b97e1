import type { Browser, Page } from 'playwright-core';
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

test('everything is reached without a mouse', async () => {
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await page.goto(host.link);
  await page.getByText('Protect a cluster').waitFor();

  await page.keyboard.press('Tab');
  expect(await focusedText(page)).toBe('Skip to content');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await focusedText(page)).toBe('Show the command');
  await page.keyboard.press('Tab');
  expect(await focusedText(page)).toBe('Add a cluster');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Add a cluster' }).waitFor();
  // The wizard's first field takes the focus when it is there.
  await page.locator('main input:focus').waitFor();

  await page.keyboard.press('Control+k');
  await page.locator('input[placeholder^="Go to a screen"]:focus').waitFor();
  await page.keyboard.type('recov');
  await page.getByRole('dialog').getByRole('button', { name: 'Tasks' }).waitFor({ state: 'hidden' });
  await page.locator('[data-selected]').filter({ hasText: 'Recovery points' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(`${host.url}/points`);
  await focusedTitle(page, 'Recovery points');

  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.waitForURL(`${host.url}/clusters`);
  await focusedTitle(page, 'Clusters');

  await page.keyboard.press('?');
  const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await shortcuts.waitFor();
  await page.keyboard.press('Escape');
  await shortcuts.waitFor({ state: 'hidden' });
  expect(complaints).toEqual([]);
});

async function focusedText(page: Page): Promise<string> {
  return await page.evaluate<string>('document.activeElement.textContent');
}

/** The title of the screen that was entered has the focus. */
async function focusedTitle(page: Page, title: string): Promise<void> {
  await page.locator('[data-page-title]:focus').filter({ hasText: title }).waitFor();
}
