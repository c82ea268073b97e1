import type { Browser, CDPSession, Page } from 'playwright-core';
import { z } from 'zod';

/** How long a page's scripts ran, and what they hold. */
export interface PageUse {
  /** Milliseconds since the page was loaded. */
  readonly scripting: number;
  /** Bytes in use right after rubbish was collected. */
  readonly heap: number;
}

/** A page with the means to look at what it costs. */
export class WatchedPage {
  readonly page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.#session = session;
  }

  static async watch(page: Page): Promise<WatchedPage> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    return new WatchedPage(page, session);
  }

  async use(): Promise<PageUse> {
    await this.#session.send('HeapProfiler.collectGarbage');
    const { metrics } = await this.#session.send('Performance.getMetrics');
    const metric = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
    return { scripting: metric('ScriptDuration') * 1000, heap: metric('JSHeapUsedSize') };
  }

  /** Milliseconds from a click on an element to the frame in which another is there; both by XPath. */
  async fromClickTo(clicked: string, wanted: string): Promise<number> {
    return await this.#timed(`find(${JSON.stringify(clicked)}).click()`, wanted);
  }

  /** The same from choosing an option of a select element, which a CSS selector names. */
  async fromChoiceTo(select: string, value: string, wanted: string): Promise<number> {
    return await this.#timed(
      `const select = document.querySelector(${JSON.stringify(select)});
       Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set.call(select, ${JSON.stringify(value)});
       select.dispatchEvent(new Event('change', { bubbles: true }))`,
      wanted,
    );
  }

  async #timed(action: string, wanted: string): Promise<number> {
    return await this.page.evaluate<number>(`(async () => {
      const find = (path) => document.evaluate(path, document, null, 9, null).singleNodeValue;
      const start = performance.now();
      ${action};
      while (find(${JSON.stringify(wanted)}) === null) await new Promise(requestAnimationFrame);
      return performance.now() - start;
    })()`);
  }

  /** Scrolls the table, so many pixels with every frame, and gives how many milliseconds of scripts a frame took. */
  async scroll(frames: number, pixels: number): Promise<number> {
    const before = await this.use();
    await this.page.evaluate(`(async () => {
      const table = document.querySelector('[role=grid]');
      for (let frame = 0; frame < ${frames}; frame++) {
        table.scrollTop += ${pixels};
        await new Promise(requestAnimationFrame);
      }
    })()`);
    return ((await this.use()).scripting - before.scripting) / frames;
  }
}

const trace = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      /** `X`: it has ended. */
      ph: z.string(),
      pid: z.number(),
      tid: z.number(),
      /** Microseconds by the clock. */
      dur: z.number().optional(),
      /** Microseconds of the processor that the thread had meanwhile. */
      tdur: z.number().optional(),
      args: z.object({ name: z.string().optional() }).optional(),
    }),
  ),
});

/** Milliseconds. */
export interface LongestTasks {
  /** Of the processor: what the page itself does, however much else the machine has to do. */
  readonly work: number;
  /** By the clock: it goes on while other processes have the processor. */
  readonly clock: number;
}

/** Resolves when the page has what it shows: nothing is fetched any more, and nothing waits to be drawn. */
export async function untilIdle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate('new Promise((resolve) => requestIdleCallback(resolve))');
}

/** The longest tasks on the page's main thread while something happens. */
export async function longestTasks(
  browser: Browser,
  page: Page,
  during: () => Promise<unknown>,
): Promise<LongestTasks> {
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline', '__metadata'] });
  await during();
  const { traceEvents } = trace.parse(JSON.parse((await browser.stopTracing()).toString('utf8')));
  const threads = new Set(
    traceEvents.flatMap(({ name, pid, tid, args }) =>
      name === 'thread_name' && args?.name === 'CrRendererMain' ? [`${pid} ${tid}`] : [],
    ),
  );
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) => name === 'RunTask' && ph === 'X' && threads.has(`${pid} ${tid}`),
  );
  if (tasks.length === 0) throw new Error('the trace shows no tasks of the page');
  return {
    work: tasks.reduce((longest, { tdur = Number.NaN }) => Math.max(longest, tdur / 1000), 0),
    clock: tasks.reduce((longest, { dur = 0 }) => Math.max(longest, dur / 1000), 0),
  };
}
