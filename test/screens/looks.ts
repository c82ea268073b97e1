import type { Browser, Page } from 'playwright-core';
import { VIEWPORT } from '../e2e/support/browser.ts';
import { NOW, TIME_ZONE } from './history.ts';

/** A language and an appearance. */
export interface Look {
  readonly language: 'en' | 'zh-CN';
  readonly theme: 'light' | 'dark';
}

export const LOOKS: readonly Look[] = (['en', 'zh-CN'] as const).flatMap((language) =>
  (['light', 'dark'] as const).map((theme) => ({ language, theme })),
);

/** Milliseconds between two pictures that have to be equal for the page to count as still. */
const PAUSE = 250;
const MOST_ATTEMPTS = 60;
const MOST_MILLISECONDS = 15_000;

/** A window in which it is always the same moment, and nothing moves. */
export async function openWindow(browser: Browser, { language, theme }: Look) {
  const context = await browser.newContext({
    viewport: VIEWPORT,
    locale: language === 'en' ? 'en-GB' : 'zh-CN',
    colorScheme: theme,
    timezoneId: TIME_ZONE,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(MOST_MILLISECONDS);
  await page.clock.setFixedTime(NOW);
  return { page, [Symbol.asyncDispose]: () => context.close() };
}

/** What a page looks like once nothing on it changes any more; `loading`: skeletons are what is wanted. */
export async function stillPicture(page: Page, loading = false): Promise<Buffer> {
  const skeletons = page.locator('main [role=status][aria-label]');
  let before: Buffer | undefined;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const waits = !loading && (await skeletons.count()) > 0;
    const now = await page.screenshot({ animations: 'disabled' });
    if (!waits && before?.equals(now) === true) return now;
    before = now;
    await page.waitForTimeout(PAUSE);
  }
  throw new Error(`${page.url()} does not come to rest`);
}
