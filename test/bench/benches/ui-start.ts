import type { Browser } from 'playwright-core';
import { freshPage, openBrowser } from '../../e2e/support/browser.ts';
import buildRenderer from '../../e2e/support/build.ts';
import { signIn } from '../../e2e/support/sign-in.ts';
import { startWideLab, type WideLab } from '../data/wide-lab.ts';
import type { Bench } from '../frame/bench.ts';
import { ceilingRow } from '../frame/row.ts';

const CHILDREN = 100;
const KILOBYTE = 1000;

interface Start {
  /** Milliseconds. */
  readonly usable: number;
  /** As they came over the network, compressed. */
  readonly bytes: number;
}

/** From starting the host to the overview of a protected cluster in a browser that was not there before. */
export const uiStart: Bench = {
  name: 'ui-start',
  about: 'from starting the host to the first usable screen in the browser, and what it loads',
  async run({ rounds }, say) {
    await buildRenderer();
    await using lab = await startWideLab(CHILDREN);
    const browser = await openBrowser();
    try {
      const starts: Start[] = [];
      for (let round = 0; round <= rounds; round++) {
        const start = await startOnce(browser, lab);
        if (round > 0) starts.push(start);
        say(`${Math.round(start.usable)} ms, ${Math.round(start.bytes / KILOBYTE)} KB`);
      }
      return [
        ceilingRow({
          name: 'ui-start: first usable screen',
          unit: 'ms',
          goal: 2000,
          note: 'From starting the process of `holdfast serve` to the frame in which the overview shows its clusters; the browser runs, its cache is empty.',
          ours: starts.map(({ usable }) => usable),
        }),
        ceilingRow({
          name: 'ui-start: first load',
          unit: 'KB',
          goal: 500,
          note: 'All that the page loaded until then, compressed, with headers.',
          ours: starts.map(({ bytes }) => bytes / KILOBYTE),
        }),
      ];
    } finally {
      await browser.close();
    }
  },
};

async function startOnce(browser: Browser, { host }: WideLab): Promise<Start> {
  await host.stop();
  await using fresh = await freshPage(browser);
  const session = await fresh.context.newCDPSession(fresh.page);
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await session.send('Network.enable');
  const start = performance.now();
  await host.start();
  await signIn(fresh.page, host);
  await fresh.page.getByRole('row', { name: /lab/ }).first().waitFor();
  return { usable: performance.now() - start, bytes };
}
