import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { freshPage, openBrowser } from '../../e2e/support/browser.ts';
import buildRenderer from '../../e2e/support/build.ts';
import { signIn } from '../../e2e/support/sign-in.ts';
import { type LongestTasks, longestTasks, untilIdle } from '../data/watched-page.ts';
import { REST_TASK, startWideLab, type WideLab } from '../data/wide-lab.ts';
import type { Bench } from '../frame/bench.ts';
import { ceilingRow } from '../frame/row.ts';

const TASKS = ['first', 'second', 'third', 'fourth', 'fifth'];
const SCREENS = ['/', '/runs'];
/** Of the very wide node's children: each run shall take some seconds. */
const SHARE = 6;

const begun = z.object({ id: z.string() });

/** Five runs at once, followed in the browser. */
export const uiRuns: Bench = {
  name: 'ui-runs',
  about: 'the longest task on the page’s main thread while five runs go on',
  async run({ wideNode, rounds, pastRuns }, say) {
    await buildRenderer();
    await using lab = await startWideLab(Math.ceil(wideNode / SHARE));
    const where = ['--cluster', 'lab', '--storage', 'disk', '--consent-sensitive'];
    for (const task of TASKS) await lab.host.cli('task', 'create', task, ...where);
    const browser = await openBrowser();
    try {
      await makeHistory(browser, lab, pastRuns);
      const longest: LongestTasks[] = [];
      for (let round = 1; round <= rounds; round++) {
        for (const screen of SCREENS) longest.push(await follow(browser, lab, screen));
        say(longest.map(({ work, clock }) => `${work.toFixed(1)} ms (${Math.round(clock)} ms)`).join(', '));
      }
      const byTheClock = longest.map(({ clock }) => Math.round(clock)).join(', ');
      return [
        ceilingRow({
          name: 'ui-runs: longest task',
          unit: 'ms',
          goal: 50,
          note: `Processor time of a task on the main thread of the overview and of the list of ${pastRuns} and more runs, both loaded, while ${TASKS.length} backups run side by side. By the clock, which goes on while the backups, ZooKeeper and the browser's other processes have this machine's processors: ${byTheClock} ms.`,
          ours: longest.map(({ work }) => work),
        }),
      ];
    } finally {
      await browser.close();
    }
  },
};

/** The list and the plots show runs from before. */
async function makeHistory(browser: Browser, { host }: WideLab, runs: number): Promise<void> {
  await using fresh = await freshPage(browser);
  await signIn(fresh.page, host);
  for (let made = 0; made < runs; made++) await run(fresh.page, REST_TASK);
}

async function follow(browser: Browser, { host }: WideLab, screen: string): Promise<LongestTasks> {
  await using fresh = await freshPage(browser);
  const { page } = fresh;
  await signIn(page, host);
  await page.goto(`${host.url}${screen}`);
  await page.locator('main [data-page-title]').waitFor();
  await untilIdle(page);
  return await longestTasks(browser, page, () => Promise.all(TASKS.map((task) => run(page, task))));
}

/** Starts a run by the page's own session and waits for its end, over HTTP: no process beside the host works then. */
async function run(page: Page, name: string): Promise<void> {
  const { origin } = new URL(page.url());
  const started = await page.request.post(`${origin}/api/v1/tasks/run`, {
    data: { name },
    headers: { origin },
  });
  if (!started.ok()) throw new Error(`${name} did not start: ${await started.text()}`);
  const { id } = begun.parse(await started.json());
  const events = await page.request.get(`${origin}/api/v1/runs/watch?run=${id}`, { timeout: 0 });
  if (!(await events.text()).includes('succeeded')) throw new Error(`${name} did not succeed`);
}
