import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createTopics } from '../foreign/kafkajs.ts';
import { type KafkaCluster, startKafka } from '../servers/kafka.ts';
import { accessibilityProblems } from './support/axe.ts';
import { type FreshPage, freshPage, openBrowser } from './support/browser.ts';
import { growOld } from './support/history.ts';
import { type HostProcess, startHost } from './support/host-process.ts';
import { signIn } from './support/sign-in.ts';

const TOPICS = 2000;
const HISTORY = { clusters: 100, tasks: 100, runs: 1000, points: 500 };
/** Rows that a table of its own height may have in the page: what is in sight and some more, never all. */
const MOST_ROWS = 80;
/** Pages are read one after another: a busy machine takes its time. */
const PATIENCE = 240_000;

let browser: Browser;
let host: HostProcess;
let kafka: KafkaCluster;
let fresh: FreshPage;
let page: Page;
let point: string;

beforeAll(async () => {
  [browser, host, kafka] = await Promise.all([openBrowser(), startHost(), startKafka()]);
  const names = Array.from({ length: TOPICS }, (_, i) => `topic-${String(i).padStart(4, '0')}`);
  await createTopics(kafka, names);
  const service = ['--source', 'kafka', '--bootstrap-servers', kafka.bootstrap.plain];
  await host.cli('cluster', 'add', 'lab', '--environment', 'test', ...service);
  const directory = `${host.directory}/disk`;
  await host.cli('storage', 'add', 'disk', '--driver', 'local', '--directory', directory);
  await host.cli('task', 'create', 'nightly', '--cluster', 'lab', '--storage', 'disk', '--consent-sensitive');
  await host.lines('task', 'run', 'nightly');
  point = z.array(z.object({ id: z.string() })).parse(await host.cli('point', 'list'))[0]?.id ?? '';
  await growOld(host, HISTORY);
  fresh = await freshPage(browser);
  page = fresh.page;
  await signIn(page, host);
});

afterAll(async () => {
  await browser?.close();
  await host?.[Symbol.asyncDispose]();
  await kafka?.[Symbol.asyncDispose]();
});

/** Goes to the end of a table by the keyboard; pages come as they are needed, and no more than so many rows are drawn. */
async function toEnd(grid: string, rows: number, most = MOST_ROWS): Promise<void> {
  const table = page.getByRole('grid', { name: grid, exact: true });
  await table.focus();
  const counted = async () => {
    await page.keyboard.press('End');
    return Number(await table.getAttribute('aria-rowcount')) - 1;
  };
  await expect.poll(counted, { timeout: PATIENCE }).toBe(rows);
  expect(await table.getByRole('row').count()).toBeLessThan(most);
}

test.each([
  ['/clusters', 'Clusters', HISTORY.clusters + 1],
  ['/tasks', 'Tasks', HISTORY.tasks + 1],
] as const)('%s with a hundred: the table is as long as the page', async (screen, grid, rows) => {
  await page.goto(host.url + screen);
  await toEnd(grid, rows, rows + 2);
  expect(await accessibilityProblems(page)).toEqual([]);
});

test.each([
  ['/runs', 'Runs', HISTORY.runs + 1],
  ['/points', 'Recovery points', HISTORY.points + 1],
] as const)(
  '%s of years: all of them come, and what is in sight is drawn',
  async (screen, grid, rows) => {
    await page.goto(host.url + screen);
    await toEnd(grid, rows);
    expect(await accessibilityProblems(page)).toEqual([]);
  },
  PATIENCE,
);

test('the overview of a hundred clusters, and the choices among them', async () => {
  await page.goto(host.url);
  await page.getByRole('heading', { level: 2, name: 'Needs attention' }).waitFor();
  await page.locator('main').getByText('lab-0100').first().waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.goto(`${host.url}/compare`);
  const left = page.getByRole('group', { name: 'Left' });
  await left
    .getByLabel('Recovery point')
    .last()
    .selectOption({ index: HISTORY.points - 1 });
  await page.waitForURL(/left=point/);
});

test('two thousand topics are listed live, and ticked one by one in the tree of the restore', async () => {
  await page.goto(`${host.url}/explore?target=cluster:lab&path=/topics`);
  await page.getByText('2,000 children').waitFor();
  await toEnd('What is below this place', TOPICS);
  await page.getByRole('row', { name: 'topic-1999' }).waitFor();
  await page.keyboard.press('Enter');
  const detail = page.getByRole('region', { name: 'The entry' });
  await detail.getByRole('heading', { name: 'topic-1999' }).waitFor();

  await page.goto(`${host.url}/restore?from=point:${point}&step=selection`);
  await page.getByRole('radio', { name: 'Only a part' }).check();
  const tree = page.getByRole('tree');
  await tree.getByRole('treeitem', { name: 'topics' }).waitFor();
  await tree.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowRight');
  await tree.getByRole('treeitem', { name: 'topic-0000' }).waitFor();
  const last = tree.getByRole('treeitem', { name: 'topic-1999' });
  const further = async () => {
    await page.keyboard.press('End');
    if ((await tree.locator('[data-active]').textContent()) === 'Show more')
      await page.keyboard.press('Enter');
    return await last.count();
  };
  await expect.poll(further, { timeout: 60_000 }).toBe(1);
  expect(await tree.getByRole('treeitem').count()).toBeLessThan(MOST_ROWS);
  await page.keyboard.press('Space');
  expect(await last.getAttribute('aria-checked')).toBe('true');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('lab is as the point has it already.').waitFor();
  expect(fresh.complaints).toEqual([]);
});
