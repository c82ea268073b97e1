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
const MOST_ATTEMPTS = 200;
const SKELETONS = 'main [role=status][aria-label]';
const MOST_MILLISECONDS = 60_000;

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

/** What a page looks like once nothing on it changes any more. */
export async function stillPicture(page: Page): Promise<Buffer> {
  // Nothing is to look as if it were pointed at.
  await page.mouse.move(0, 0);
  let before: Buffer | undefined;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const waits = (await page.locator(SKELETONS).count()) > 0;
    const now = await page.screenshot({ animations: 'disabled' });
    if (!waits && before?.equals(now) === true) return now;
    before = now;
    await page.waitForTimeout(PAUSE);
  }
  throw new Error(`${page.url()} does not come to rest`);
}

/** What a page looks like as soon as it shows anything. */
export async function movingPicture(page: Page): Promise<Buffer> {
  await page.locator('main [role=progressbar]').first().waitFor();
  return await page.screenshot({ animations: 'disabled' });
}

/** What a page looks like as long as nothing has come. */
export async function loadingPicture(page: Page): Promise<Buffer> {
  await page.locator(SKELETONS).first().waitFor();
  return await page.screenshot({ animations: 'disabled' });
}
