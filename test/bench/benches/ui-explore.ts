import type { Browser } from 'playwright-core';
import { freshPage, openBrowser } from '../../e2e/support/browser.ts';
import buildRenderer from '../../e2e/support/build.ts';
import { signIn } from '../../e2e/support/sign-in.ts';
import { WatchedPage } from '../data/watched-page.ts';
import { startWideLab, WIDE, type WideLab } from '../data/wide-lab.ts';
import type { Bench } from '../frame/bench.ts';
import { ceilingRow } from '../frame/row.ts';

const FRAMES = 120;
/** Two rows with every frame: a wheel that is turned fast. */
const SLOW_PIXELS = 60;
const MEGABYTE = 1_000_000;

const FIRST_ROW = `//*[@role="row"][@aria-rowindex="2"]//*[starts-with(text(), "child-")]`;
const FIRST_DIFFERENCE = `//*[@role="row"][@aria-rowindex="2"]//*[starts-with(text(), "/")]`;
const SECOND_POINT = '[role=group][aria-label=Right] select';
const TREE_NODE = `//*[@role="treeitem"]//*[text()="${WIDE}"]`;

interface Measured {
  readonly firstRows: number[];
  readonly scripting: number[];
  readonly growth: number[];
}

/** A znode with very many children in Explore, and as many differences in Compare, in Chromium. */
export const uiExplore: Bench = {
  name: 'ui-explore',
  about: 'a very wide znode listed, scrolled and compared in the browser',
  async run({ wideNode, rounds }, say) {
    await buildRenderer();
    await using lab = await startWideLab(wideNode);
    const browser = await openBrowser();
    try {
      const live: Measured = { firstRows: [], scripting: [], growth: [] };
      const stored: Measured = { firstRows: [], scripting: [], growth: [] };
      const compared: number[] = [];
      for (let round = 1; round <= rounds; round++) {
        await explore(browser, lab, 'cluster:lab/ZooKeeper', live);
        await explore(browser, lab, `point:${lab.points.whole}`, stored);
        compared.push(await compare(browser, lab));
        say(`round ${round}: ${said(live)} live; ${said(stored)} stored; differences ${ms(compared)}`);
      }
      const what = `${wideNode.toLocaleString('en-US')} children of one znode`;
      return [
        ...rows('live', `${what} of a live ZooKeeper`, live),
        ...rows('point', `${what} of a recovery point on disk`, stored),
        ceilingRow({
          name: 'ui-explore: first differences',
          unit: 'ms',
          goal: 1000,
          note: `From choosing the second point to the first rows; ${wideNode.toLocaleString('en-US')} entries differ.`,
          ours: compared,
        }),
      ];
    } finally {
      await browser.close();
    }
  },
};

function rows(name: string, what: string, { firstRows, scripting, growth }: Measured) {
  return [
    ceilingRow({
      name: `ui-explore: first rows, ${name}`,
      unit: 'ms',
      goal: 1000,
      note: `From the click to the frame that shows the first of ${what}.`,
      ours: firstRows,
    }),
    ceilingRow({
      name: `ui-explore: scripting a frame, ${name}`,
      unit: 'ms',
      goal: 8,
      note: `While ${what} are scrolled, ${FRAMES} frames of ${SLOW_PIXELS} pixels; garbage collection included.`,
      ours: scripting,
    }),
    ceilingRow({
      name: `ui-explore: memory after scrolling, ${name}`,
      unit: 'MB',
      goal: 10,
      note: `What the page holds more after ${what} were scrolled through than with their first rows.`,
      ours: growth,
    }),
  ];
}

async function explore(browser: Browser, { host }: WideLab, target: string, into: Measured): Promise<void> {
  await using fresh = await freshPage(browser);
  await signIn(fresh.page, host);
  await fresh.page.goto(`${host.url}/explore?target=${encodeURIComponent(target)}`);
  await fresh.page.getByRole('treeitem', { name: WIDE }).waitFor();
  const watched = await WatchedPage.watch(fresh.page);
  into.firstRows.push(await watched.fromClickTo(TREE_NODE, FIRST_ROW));
  await fresh.page.getByText(/\d children$/).waitFor();
  const { heap } = await watched.use();
  into.scripting.push(await watched.scroll(FRAMES, SLOW_PIXELS));
  const height = await fresh.page.evaluate<number>('document.querySelector("[role=grid]").scrollHeight');
  await watched.scroll(FRAMES, height / FRAMES);
  await fresh.page.getByRole('grid').getByText('child-').last().waitFor();
  into.growth.push(Math.max(0.001, ((await watched.use()).heap - heap) / MEGABYTE));
}

async function compare(browser: Browser, { host, points }: WideLab): Promise<number> {
  await using fresh = await freshPage(browser);
  const { page } = fresh;
  const chosen = `point:${points.rest}/ZooKeeper`;
  await signIn(page, host);
  await page.goto(`${host.url}/compare?left=point:${points.whole}/ZooKeeper`);
  await page.locator(SECOND_POINT).locator(`option[value="${chosen}"]`).waitFor({ state: 'attached' });
  const watched = await WatchedPage.watch(page);
  return await watched.fromChoiceTo(SECOND_POINT, chosen, FIRST_DIFFERENCE);
}

const ms = (runs: readonly number[]) => `${Math.round(runs.at(-1) ?? Number.NaN)} ms`;

function said({ firstRows, scripting, growth }: Measured): string {
  const [frame = Number.NaN] = scripting.slice(-1);
  const [grown = Number.NaN] = growth.slice(-1);
  return `first rows ${ms(firstRows)}, ${frame.toFixed(1)} ms a frame, ${grown.toFixed(1)} MB more`;
}
