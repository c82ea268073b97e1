import type { Page } from 'playwright-core';
import { z } from 'zod';

/** Of addresses that differ only in what they are about, this many stand for all. */
const MOST_OF_A_KIND = 2;
const HREFS = `[...document.querySelectorAll('main a[href]')].map((each) => each.href)`;
/** Buttons that can be pressed, with those of menus and dialogs that are open. */
const BUTTONS = 'main button, [role=menuitem], [role=dialog] button';
const NAMES = `[...document.querySelectorAll('${BUTTONS}')].map((each) =>
  each.disabled || !each.checkVisibility() ? null : each.getAttribute('aria-label') ?? each.textContent)`;

/** They change who looks or in which language, not what is looked at. */
const LEFT_ALONE: ReadonlySet<string | null> = new Set(['Sign out', 'Language', 'Appearance']);

/** What screens say instead that are not for the role. */
const NOT_FOR_ROLE = /^(Not for your role|Restores are for operators)$/;

const hrefs = z.array(z.string());
const names = z.array(z.string().nullable());

/** Where a crawl came by. */
export interface Crawled {
  /** Addresses, in the order of visits. */
  readonly visited: readonly string[];
  /** Of them those that a link led to, though the screen there is not for the role. */
  readonly deadEnds: readonly string[];
}

/**
 * Follows every link that leads on within the program, from these addresses on, and presses every button on the way.
 * A button that several screens of a kind have is pressed on the first of them.
 */
export async function crawl(page: Page, origin: string, start: readonly string[]): Promise<Crawled> {
  const waiting = start.map((path) => origin + path);
  const known = new Set(waiting);
  const kinds = new Map<string, number>();
  const pressed = new Set<string>();
  const given = new Set(waiting);
  const visited: string[] = [];
  const deadEnds: string[] = [];
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    await visit(page, address);
    visited.push(address);
    const isDeadEnd = (await page.getByRole('heading', { name: NOT_FOR_ROLE }).count()) > 0;
    if (isDeadEnd && !given.has(address)) deadEnds.push(address);
    for (const link of hrefs.parse(await page.evaluate(HREFS))) {
      const kind = kindOf(link);
      const many = (kinds.get(kind) ?? 0) >= MOST_OF_A_KIND;
      if (!link.startsWith(`${origin}/`) || known.has(link) || many) continue;
      known.add(link);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      waiting.push(link);
    }
    await pressAll(page, address, pressed);
  }
  return { visited, deadEnds };
}

async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator('main [data-page-title]').waitFor();
  await page.locator('main [role=status][aria-label]').first().waitFor({ state: 'hidden' });
}

/** Presses the buttons that the address shows and those that come up by it. */
async function pressAll(page: Page, address: string, pressed: Set<string>): Promise<void> {
  for (;;) {
    const shown = names.parse(await page.evaluate(NAMES));
    const isFresh = (name: string | null) =>
      name !== null && !LEFT_ALONE.has(name) && !pressed.has(`${kindOf(address)} ${name}`);
    // What came up last lies over the rest.
    const index = shown.findLastIndex(isFresh);
    if (index === -1) return;
    pressed.add(`${kindOf(address)} ${shown[index]}`);
    await page.locator(BUTTONS).nth(index).click({ timeout: 5000 });
    if (page.url() !== address) await visit(page, address);
  }
}

/** An address without what it is about. */
function kindOf(link: string): string {
  const { pathname, searchParams } = new URL(link);
  const [, screen = '', ...rest] = pathname.split('/');
  const last = rest.at(-1) ?? '';
  const place = ['edit', 'new'].includes(last) ? last : rest.length;
  return [screen, place, ...[...searchParams.keys()].sort()].join(' ');
}
