import type { Locator, Page } from 'playwright-core';

/** More than any screen of a small installation has to press through. */
const MOST_TABS = 80;

/** Goes on with Tab until the element has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor();
  for (let presses = 0; presses <= MOST_TABS; presses++) {
    if ((await target.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached within ${MOST_TABS} presses of Tab: ${target.toString()}`);
}

export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.type(text);
}

/** Presses a button or follows a link once it may be pressed. */
export async function enter(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target.and(page.locator(':enabled, a')));
  await page.keyboard.press('Enter');
}

/** Goes down a list of choices until the value is the chosen one. */
export async function choose(page: Page, list: Locator, value: string): Promise<void> {
  await tabTo(page, list);
  const choices = await list.locator('option').count();
  for (let presses = 0; presses < choices; presses++) {
    if ((await list.inputValue()) === value) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`${value} is not among the choices of ${list.toString()}`);
}
