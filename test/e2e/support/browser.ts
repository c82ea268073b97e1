import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Debian's. As root it runs without its sandbox; nothing of it speaks to anybody but the host. */
const CHROMIUM = process.env.HOLDFAST_CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const VIEWPORT = { width: 1280, height: 800 };

export interface Looks {
  readonly locale?: 'en-US' | 'zh-CN';
  readonly colorScheme?: 'light' | 'dark';
  /** Takes certificates that nobody vouches for, as somebody may who knows where this one comes from. */
  readonly trusting?: boolean;
}

export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** A page as somebody has it who is here for the first time; what it complains of is kept. */
export interface FreshPage extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of scripts and breaches of the page's security policy so far. */
  readonly complaints: string[];
}

export async function freshPage(browser: Browser, looks: Looks = {}): Promise<FreshPage> {
  const context = await browser.newContext({
    viewport: VIEWPORT,
    locale: looks.locale ?? 'en-US',
    colorScheme: looks.colorScheme ?? 'light',
    reducedMotion: 'reduce',
    ignoreHTTPSErrors: looks.trusting ?? false,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  return { page, context, complaints, [Symbol.asyncDispose]: () => context.close() };
}
