import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityProblems } from './support/axe.ts';
import { freshPage, openBrowser } from './support/browser.ts';
import { type HostProcess, startHost } from './support/host-process.ts';
import { EMPTY_SCREENS } from './support/screens.ts';

let browser: Browser;
let host: HostProcess;

beforeAll(async () => {
  [browser, host] = await Promise.all([openBrowser(), startHost()]);
});

afterAll(async () => {
  await browser?.close();
  await host?.[Symbol.asyncDispose]();
});

test.each([
  { locale: 'en-US', colorScheme: 'light' },
  { locale: 'en-US', colorScheme: 'dark' },
  { locale: 'zh-CN', colorScheme: 'light' },
  { locale: 'zh-CN', colorScheme: 'dark' },
] as const)('screens with nothing configured: $locale, $colorScheme', async (looks) => {
  await using fresh = await freshPage(browser, looks);
  const { page, complaints } = fresh;
  await page.goto(`${host.url}/nowhere`);
  await page.getByRole('button', { name: looks.locale === 'en-US' ? 'Sign in' : '登录' }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.goto(host.link);
  await page.getByText(looks.locale === 'en-US' ? 'Protect a cluster' : '保护集群').waitFor();
  for (const screen of [...EMPTY_SCREENS, '/nowhere']) {
    await page.goto(host.url + screen);
    await page.locator('main [data-page-title]').waitFor();
    await page.locator('main [role=status][aria-label]').first().waitFor({ state: 'hidden' });
    expect(await accessibilityProblems(page), screen).toEqual([]);
  }
  const background = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  const [red = 0] = (/\d+/.exec(background) ?? []).map(Number);
  expect(red > 128).toBe(looks.colorScheme === 'light');
  expect(await page.evaluate('document.documentElement.lang')).toBe(
    looks.locale === 'en-US' ? 'en' : 'zh-CN',
  );
  expect(complaints).toEqual([]);
});

test('language and appearance are changed on the page and kept', async () => {
  await using fresh = await freshPage(browser);
  const { page } = fresh;
  await page.goto(host.link);
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitem', { name: '简体中文' }).click();
  await page.getByRole('heading', { level: 1, name: '总览' }).waitFor();
  await page.getByRole('button', { name: '外观' }).click();
  await page.getByRole('menuitem', { name: '深色' }).click();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: '总览' }).waitFor();
  expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
});
