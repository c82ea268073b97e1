import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { freshPage, openBrowser } from '../../e2e/support/browser.ts';
import buildRenderer from '../../e2e/support/build.ts';
import { signIn } from '../../e2e/support/sign-in.ts';
import { longestTask } from '../data/watched-page.ts';
import { startWideLab, type WideLab } from '../data/wide-lab.ts';
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
  async run({ wideNode, rounds }, say) {
    await buildRenderer();
    await using lab = await startWideLab(Math.ceil(wideNode / SHARE));
    const where = ['--cluster', 'lab', '--storage', 'disk', '--consent-sensitive'];
    for (const task of TASKS) await lab.host.cli('task', 'create', task, ...where);
    const browser = await openBrowser();
    try {
      const longest: number[] = [];
      for (let round = 1; round <= rounds; round++) {
        for (const screen of SCREENS) longest.push(await follow(browser, lab, screen));
        say(longest.map((ms) => `${Math.round(ms)} ms`).join(', '));
      }
      return [
        ceilingRow({
          name: 'ui-runs: longest task',
          unit: 'ms',
          goal: 50,
          note: `On the main thread of the overview and of the list of runs, while ${TASKS.length} backups run side by side on this machine.`,
          ours: longest,
        }),
      ];
    } finally {
      await browser.close();
    }
  },
};

async function follow(browser: Browser, { host }: WideLab, screen: string): Promise<number> {
  await using fresh = await freshPage(browser);
  const { page } = fresh;
  await signIn(page, host);
  await page.goto(`${host.url}${screen}`);
  await page.locator('main [data-page-title]').waitFor();
  return await longestTask(browser, page, () => Promise.all(TASKS.map((task) => run(page, task))));
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
