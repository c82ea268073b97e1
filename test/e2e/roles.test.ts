import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { connect } from '../../main/protocols/zookeeper/index.ts';
import { startZooKeeper, type ZooKeeperServer } from '../servers/zookeeper.ts';
import { freshPage, openBrowser } from './support/browser.ts';
import { crawl } from './support/crawl.ts';
import { type HostProcess, startHost } from './support/host-process.ts';
import { type Lab, labTree, protectLab } from './support/lab.ts';
import { EMPTY_SCREENS } from './support/screens.ts';
import { signInAs } from './support/sign-in.ts';

let browser: Browser;
let host: HostProcess;
let zookeeper: ZooKeeperServer;
let lab: Lab;

beforeAll(async () => {
  const users = { vera: 'viewer', otto: 'operator', anna: 'admin' } as const;
  [browser, host, zookeeper] = await Promise.all([openBrowser(), startHost({ users }), startZooKeeper()]);
  lab = await protectLab(host, zookeeper, labTree(20));
});

afterAll(async () => {
  await browser?.close();
  await host?.[Symbol.asyncDispose]();
  await zookeeper?.[Symbol.asyncDispose]();
});

const entries = z.array(z.object({ procedure: z.string(), outcome: z.string() }));

/** What this user tried with this outcome, as the host's audit log tells. */
async function audited(user: string, wanted: string): Promise<string[]> {
  const all = entries.parse(await host.cli('audit', 'list', '--user', user, '--limit', '10000'));
  return all.filter(({ outcome }) => outcome === wanted).map(({ procedure }) => procedure);
}
const refusedTo = (user: string) => audited(user, 'refused');
const doneBy = (user: string) => audited(user, 'done');

/** Screens about what is there, by their addresses. */
const screensOfLab = () => [
  ...[
    '/clusters/lab',
    '/clusters/lab/edit',
    '/clusters/lab?test=true',
    '/tasks/nightly',
    '/tasks/nightly/edit',
  ],
  ...[
    '/storages/disk',
    '/storages/disk/edit',
    '/storages/disk?doing=rescan',
    '/storages/disk?doing=validate',
  ],
  ...[`/runs/${lab.point}`, `/points/${lab.point}`],
  `/explore?target=cluster:lab&path=/app&entry=/app/config`,
  `/explore?target=point:${lab.point}&path=/app&entry=/app/config`,
  `/compare?left=point:${lab.point}&right=cluster:lab`,
  `/restore?from=point:${lab.point}&step=plan`,
  `/verify?target=point:${lab.point}`,
  ...['/settings?section=vault', '/settings?section=keys', '/settings?section=about'],
];

test('a viewer opens every screen, follows every link and presses every button: nothing is refused', async () => {
  await using fresh = await freshPage(browser, { trusting: true });
  const { page, complaints } = fresh;
  await signInAs(page, host, 'vera');
  const { visited, deadEnds } = await crawl(page, host.publicUrl, [...EMPTY_SCREENS, ...screensOfLab()]);
  // It came on to what only links lead to.
  expect(visited).toContain(`${host.publicUrl}/points?task=nightly`);
  expect(deadEnds).toEqual([]);
  expect(await refusedTo('vera')).toEqual([]);
  expect(complaints).toEqual([]);
}, 300_000);

test('an operator runs and restores, and is offered no definition to change', async () => {
  await using fresh = await freshPage(browser, { trusting: true });
  const { page, complaints } = fresh;
  await signInAs(page, host, 'otto');
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Tasks' }).click();
  await page.getByRole('button', { name: 'Run nightly now' }).click();
  await page.waitForURL(/\/runs\//);
  await page.locator('main').getByText('Succeeded').first().waitFor();

  await using client = await connect({ connectString: zookeeper.connectString });
  await client.setData('/app/notes', Buffer.from('scribbled over'));
  await page.goto(`${host.publicUrl}/restore?from=point:${lab.point}&to=lab&step=plan`);
  await page.getByText('1 change to lab').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Type "lab" to confirm').fill('lab');
  await page.getByRole('button', { name: 'Restore lab' }).click();
  await page.getByText('Done: lab is as the recovery point has it.').waitFor();
  const { data } = await client.getData('/app/notes');
  expect(data?.toString()).toBe('Moved to the new rack.\nAsk before it is changed.\n');

  for (const screen of [
    '/clusters',
    '/clusters/lab',
    '/tasks',
    '/tasks/nightly',
    '/storages',
    '/storages/disk',
  ]) {
    await page.goto(host.publicUrl + screen);
    await page.locator('main [data-page-title]').waitFor();
    const offered = page.locator('main').getByRole('link', { name: /^(Change|Add a|New)/ });
    expect(await offered.count(), screen).toBe(0);
    expect(await page.getByRole('button', { name: /^(Remove|Import|Rescan)/ }).count(), screen).toBe(0);
  }
  for (const screen of ['/clusters/new', '/clusters/lab/edit', '/tasks/new', '/tasks/nightly/edit']) {
    await page.goto(host.publicUrl + screen);
    await page.getByText('Only admins can do this.').waitFor();
  }
  expect(await refusedTo('otto')).toEqual([]);
  expect(await doneBy('otto')).toEqual(expect.arrayContaining(['tasks.run', 'restores.start']));
  expect(complaints).toEqual([]);
});
