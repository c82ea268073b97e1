import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { freshPage, openBrowser } from '../../e2e/support/browser.ts';
import buildRenderer from '../../e2e/support/build.ts';
import { type HostProcess, startHost } from '../../e2e/support/host-process.ts';
import { signIn } from '../../e2e/support/sign-in.ts';
import { recordSet } from '../data/record-set.ts';
import { keyOfRecord } from '../data/records.ts';
import { openS3Bucket, type S3Bucket } from '../data/s3-bucket.ts';
import type { Bench } from '../frame/bench.ts';
import { ceilingRow } from '../frame/row.ts';

const MEGABYTE = 1_000_000;
const ARCHIVE = 'nightly_20260101000000/3.9.4_ZooKeeper_20260101000000.tar.gz';

const pointIds = z.array(z.object({ id: z.string() }));

/** A large archive in a bucket, opened in Explore down to one znode. */
export const uiS3: Bench = {
  name: 'ui-s3',
  about: 'a large archive on S3 opened in the browser down to one record, counted on the wire',
  async run(scale, say) {
    await buildRenderer();
    const set = await recordSet(scale);
    await using bucket = await openS3Bucket();
    const storage = await bucket.open('straight');
    await storage.write(ARCHIVE, set.folder.storage.read(set.archive));
    await storage.close();
    await using host = await startHost();
    const point = await adopt(host, bucket);
    say(`${(set.archiveSize / MEGABYTE).toFixed(0)} MB are in the bucket`);
    const browser = await openBrowser();
    try {
      const counted = async (look: (page: Page) => Promise<void>): Promise<number> => {
        // What the host read before is forgotten with it.
        await host.stop();
        await host.start();
        const before = bucket.counted().bytes;
        await using fresh = await freshPage(browser);
        await signIn(fresh.page, host);
        await look(fresh.page);
        return bucket.counted().bytes - before;
      };
      const opened: number[] = [];
      const found: number[] = [];
      for (let round = 1; round <= scale.rounds; round++) {
        const key = leafNear(Math.floor((set.count * round) / (scale.rounds + 1)));
        opened.push(await counted((page) => openPoint(page, host, point)));
        found.push(await counted((page) => lookAt(page, host, point, key)));
        say(
          `${megabytes(opened.at(-1))} MB to open it, ${megabytes(found.at(-1))} MB by a link to the znode`,
        );
      }
      const what = `A point whose archive holds ${(set.plainBytes / 1e9).toPrecision(3)} GB of lines, opened in Explore by a host that was started anew`;
      const note = 'Bytes that came from the bucket, headers too.';
      const whole = set.archiveSize;
      return [
        ceilingRow({
          name: 'ui-s3: opened',
          unit: 'B',
          goal: 4 * MEGABYTE,
          note: `${what}, its first level. ${note}`,
          ours: opened,
          whole,
        }),
        ceilingRow({
          name: 'ui-s3: down to one znode',
          unit: 'B',
          goal: 6 * MEGABYTE,
          note: `${what}: its first level, the folders on the way, the list with one of ${set.count.toLocaleString('en-US')} znodes, and its value. ${note}`,
          ours: found,
          whole,
        }),
      ];
    } finally {
      await browser.close();
    }
  },
};

/** Makes the bucket a storage of the host, which finds the archive in it, and gives the point's id. */
async function adopt(host: HostProcess, { server, name, endpoint }: S3Bucket): Promise<string> {
  await host.cli('vault', 'init', '--key-file', join(host.directory, 'vault.key'));
  const secret = join(host.directory, 'secret-key');
  await writeFile(secret, server.root.secretKey, { mode: 0o600 });
  const place = ['--endpoint', endpoint, '--region', server.region, '--bucket', name];
  const keys = ['--access-key', server.root.accessKey, '--secret-key-file', secret];
  await host.cli('storage', 'add', 'far', '--driver', 'obs', ...place, ...keys);
  await host.cli('storage', 'rescan', 'far');
  const [point] = pointIds.parse(await host.cli('point', 'list'));
  if (point === undefined) throw new Error('the rescan found no point');
  return point.id;
}

/** The key of a record that is no folder. */
function leafNear(number: number): readonly string[] {
  const key = keyOfRecord(number);
  return key.length === 3 ? key : leafNear(number + 1);
}

async function openPoint(page: Page, host: HostProcess, point: string): Promise<void> {
  await page.goto(`${host.url}/explore?${new URLSearchParams({ target: `point:${point}` })}`);
  await page.getByRole('grid').getByText('service-0000').waitFor();
}

async function lookAt(page: Page, host: HostProcess, point: string, key: readonly string[]): Promise<void> {
  const path = `/${key.slice(0, -1).join('/')}`;
  const entry = `/${key.join('/')}`;
  await page.goto(`${host.url}/explore?${new URLSearchParams({ target: `point:${point}`, path, entry })}`);
  await page.getByRole('heading', { name: key.at(-1) ?? '' }).waitFor();
  await page.getByText('Permissions').first().waitFor();
}

function megabytes(bytes = 0): string {
  return (bytes / MEGABYTE).toFixed(2);
}
