import type { Page } from 'playwright-core';
import type { HostProcess } from './host-process.ts';

/** Signs the page in by the host's link; resolves when it is in, wherever it goes next. */
export async function signIn(page: Page, host: HostProcess): Promise<void> {
  await page.goto(host.link);
  await page.locator('main [data-page-title]').waitFor();
}
