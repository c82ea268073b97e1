import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { openBrowser } from '../e2e/support/browser.ts';
import { startKafka } from '../servers/kafka.ts';
import { workFolder } from '../servers/processes.ts';
import { startZooKeeper } from '../servers/zookeeper.ts';
import { makeHistory, startSlowRun } from './history.ts';
import { type Installation, openInstallation } from './installation.ts';
import { LOOKS, type Look, loadingPicture, movingPicture, openWindow, stillPicture } from './looks.ts';
import { fileOf, pictureTable } from './picture-table.ts';
import { firstPictures, type Picture, pictures, runningPictures } from './pictures.ts';
import { withPalette } from './png.ts';

/*
 * `npm run screens`: takes a picture of every screen for docs/screens, from a real host with a history of two weeks
 * on real servers. `--only NAME` (a beginning, more than once) and `--look en.light` take some of them.
 */

const ROOT = join(import.meta.dirname, '..', '..');
const FOLDER = join(ROOT, 'docs', 'screens');

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, look: { type: 'string', multiple: true } },
});
const looks = LOOKS.filter((look) => values.look?.includes(`${look.language}.${look.theme}`) ?? true);
const isWanted = ({ name }: Picture) => values.only?.some((beginning) => name.startsWith(beginning)) ?? true;

await takeAll();
process.exit();

async function takeAll(): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const pages = workFolder('pages');
  await build({
    root: join(ROOT, 'renderer'),
    configFile: join(ROOT, 'renderer', 'vite.config.ts'),
    build: { outDir: pages, emptyOutDir: true },
    logLevel: 'warn',
  });
  const empty = stack.use(await openInstallation('holdfast-empty', pages));
  const filled = stack.use(await openInstallation('holdfast', pages));
  const [orders, search, kafka] = await Promise.all([
    startZooKeeper(),
    startZooKeeper(),
    startKafka({ sasl: true, authorizer: true }),
  ]);
  for (const server of [orders, search, kafka]) stack.use(server);
  const made = await makeHistory(filled, { orders, search, kafka }, stack);
  const browser = await openBrowser();
  stack.defer(() => browser.close());
  const tourOfAll = pictures(made);
  if (values.only === undefined && values.look === undefined)
    await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const tours = (host: Installation, stops: readonly Picture[]) =>
    Promise.all(looks.map((look) => tour(browser, look, host, stops)));
  await tours(empty, firstPictures);
  await tours(filled, tourOfAll);
  const running = runningPictures(await startSlowRun(filled));
  await tours(filled, running);
  const all = [...firstPictures, ...tourOfAll, ...running];
  await writeFile(join(FOLDER, 'README.md'), pictureTable(all, await readdir(FOLDER)));
}

async function tour(
  browser: Browser,
  look: Look,
  host: Installation,
  stops: readonly Picture[],
): Promise<void> {
  await using window = await openWindow(browser, look);
  const { page } = window;
  let isIn = false;
  for (const stop of stops.filter((each, index) => isWanted(each) || leadsOn(stops, index))) {
    if (!isIn && stop.signedOut !== true) {
      await page.goto(host.link);
      await page.locator('main [data-page-title]').waitFor();
      isIn = true;
    }
    try {
      await visit(page, host, stop);
      const picture = await pictureOf(page, stop);
      if (isWanted(stop)) await writeFile(join(FOLDER, fileOf(stop.name, look)), withPalette(picture));
    } catch (error) {
      // The others are still worth having; what is missing shows in the table.
      process.exitCode = 1;
      console.error(`${fileOf(stop.name, look)}: ${error instanceof Error ? error.message : error}`);
    }
  }
}

async function pictureOf(page: Page, { loading, moving }: Picture): Promise<Buffer> {
  if (loading === true) return await loadingPicture(page);
  return moving === true ? await movingPicture(page) : await stillPicture(page);
}

/** Whether a picture that is wanted is reached by this one. */
function leadsOn(stops: readonly Picture[], index: number): boolean {
  const after = stops.slice(index + 1);
  const end = after.findIndex(({ path }) => path !== undefined);
  return (end === -1 ? after : after.slice(0, end)).some(isWanted);
}

async function visit(
  page: Page,
  { url }: Installation,
  { path, act, signedOut, loading }: Picture,
): Promise<void> {
  if (loading === true) await page.routeWebSocket(/./, () => undefined);
  if (path !== undefined) await page.goto(url + path);
  if (signedOut !== true) await page.locator('main [data-page-title]').waitFor();
  await act?.(page);
}
