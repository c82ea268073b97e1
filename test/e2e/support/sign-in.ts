import type { Page } from 'playwright-core';
import { type HostProcess, PASSWORD } from './host-process.ts';

/** Signs the page in by the host's link; resolves when it is in, wherever it goes next. */
export async function signIn(page: Page, host: HostProcess): Promise<void> {
  await page.goto(host.link);
  await page.locator('main [data-page-title]').waitFor();
}

/** Signs the page in by name and password, as on another machine. */
export async function signInAs(page: Page, host: HostProcess, user: string): Promise<void> {
  await page.goto(host.publicUrl);
  await page.getByLabel('User').fill(user);
  await page.getByLabel('Password').first().fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('main [data-page-title]').waitFor();
}

/** Signs in again where the page asks for it: a host that started again knows none of its sessions. */
export async function signInAgain(page: Page, host: HostProcess): Promise<void> {
  await page.getByLabel('Link or token').first().fill(host.link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('main [data-page-title]').waitFor();
}
