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

test('the printed link signs in, and its token is left neither in the address nor to scripts', async () => {
  await using fresh = await freshPage(browser);
  const { page, context } = fresh;
  const token = new URL(host.link).hash.slice('#token='.length);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(host.link);
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  expect(page.url()).toBe(`${host.url}/`);
  expect(asked.filter((url) => url.includes(token))).toEqual([]);
  expect(await page.evaluate<string>('document.cookie')).toBe('');
  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
});

test('without a cookie any address asks to sign in, and then shows what was asked for', async () => {
  await using fresh = await freshPage(browser);
  const { page } = fresh;
  await page.goto(`${host.url}/clusters?q=lab`);
  await page.getByLabel('Link or token').first().fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('host.wrong-credentials').waitFor();
  await page.getByLabel('Link or token').first().fill(host.link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Clusters' }).waitFor();
  expect(page.url()).toBe(`${host.url}/clusters?q=lab`);
});

test('signing out ends the session on the host', async () => {
  await using fresh = await freshPage(browser);
  const { page, context } = fresh;
  await page.goto(host.link);
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  const cookies = await context.cookies();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Link or token').first().waitFor();
  const [old] = cookies;
  const answer = await fetch(`${host.url}/session`, { headers: { cookie: `${old?.name}=${old?.value}` } });
  expect(await answer.json()).toMatchObject({ signedIn: false });
});
