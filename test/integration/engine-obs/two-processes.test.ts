import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { connect } from '../../../main/protocols/zookeeper/index.ts';
import type { Storage } from '../../../main/storages/contract.ts';
import { until } from '../../servers/condition.ts';
import { startVersitygw, type VersitygwServer } from '../../servers/versitygw.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { all, collect, someBytes } from '../../storages/bytes.ts';
import { nextLine, startChild } from '../../storages/child.ts';
import { obsOptions, openObs } from '../../storages/obs-bucket.ts';
import { goTogether } from '../../storages/race-outcome.ts';
import { fastClock } from '../engine-backup/fast-clock.ts';
import { Workstation } from '../engine-backup/workstation.ts';

const script = new URL('../engine-backup/engine-child.ts', import.meta.url);
const PREFIX = 'backups/of us';
/** Random bytes do not compress: every archive is sent in parts. */
const BULKY = 7;
const BULKY_BYTES = 900_000;

let zookeeper: ZooKeeperServer;
let gateway: VersitygwServer;
let buckets = 0;
let options: Readonly<Record<string, unknown>>;
/** What a third party sees. */
let bucket: Storage;
let first: Workstation;
let second: Workstation;

beforeAll(async () => {
  [zookeeper, gateway] = await Promise.all([startZooKeeper(), startVersitygw()]);
  const client = await connect({ connectString: zookeeper.connectString });
  for (let at = 0; at < BULKY; at += 1) await client.create(`/n${at}`, someBytes(BULKY_BYTES, at + 1));
  await client.close();
});

afterAll(async () => {
  await Promise.all([zookeeper?.[Symbol.asyncDispose](), gateway?.[Symbol.asyncDispose]()]);
});

beforeEach(async () => {
  buckets += 1;
  await gateway.createBucket(`bucket-${buckets}`);
  options = { ...obsOptions(gateway, `bucket-${buckets}`), prefix: PREFIX, partSize: 5 };
  bucket = await openObs(options);
  [first, second] = await Promise.all([newStation(), newStation()]);
  await first.addCluster('zk', [zookeeper]);
  await first.createTask('t', { sources: [{ storage: 'bucket', maximumCopies: 2 }] });
  await first.backup('t');
  await rescan(second);
  return async () => {
    await Promise.all([first[Symbol.asyncDispose](), second[Symbol.asyncDispose](), bucket.close()]);
  };
});

async function newStation(): Promise<Workstation> {
  const station = await Workstation.open({ clock: fastClock(30) });
  await station.initVault();
  await station.client.storages.add({ name: 'bucket', driver: 'obs', options });
  return station;
}

const rescan = (station: Workstation) => station.client.storages.rescan({ name: 'bucket' });

/** Paths in the bucket without what leases keep, sorted. */
async function paths(): Promise<string[]> {
  const found = (await all(bucket.list(''))).map(({ path }) => path).sort();
  return found.filter((path) => !/\/lease\/|\/control\.json$/.test(path));
}

async function archives(): Promise<string[]> {
  return (await paths()).filter((path) => path.endsWith('.tar.gz'));
}

async function expectWhole(path: string): Promise<void> {
  const bytes = await collect(bucket.read(path));
  expect(bytes.length).toBeGreaterThan(BULKY * BULKY_BYTES);
  for (const kind of ['sha256', 'md5']) {
    const line = (await collect(bucket.read(`${path}.${kind}`))).toString();
    expect(line.split(' ')[0]).toBe(createHash(kind).update(bytes).digest('hex'));
  }
}

it('two workstations that run one task at the same time keep its copies whole and to their number', async () => {
  const rounds = 3;
  await Promise.all([first.close(), second.close()]);
  const children = [first, second].map(({ dataDirectory }) =>
    startChild(script, ['repeat', dataDirectory, 't', `${rounds}`]),
  );
  await goTogether(children);
  const made = await Promise.all(children.map(nextLine));
  await Promise.all(children.map(({ ended }) => ended));
  expect(made).toEqual(Array.from({ length: 2 }, () => Array.from({ length: rounds }, () => 'succeeded')));
  // What was archived while the other one chose what to remove stays until the next run.
  const left = await archives();
  expect(left.length).toBeGreaterThanOrEqual(2);
  expect(left.length).toBeLessThanOrEqual(3);
  for (const path of left) await expectWhole(path);
  await Promise.all([first.reopen(), second.reopen()]);
  const [last, other] = [await first.backup('t'), await second.backup('t')];
  for (const station of [first, second]) {
    expect(await rescan(station)).toMatchObject({ archives: 2, damaged: [] });
    expect((await station.points()).sort()).toEqual([last.id, other.id].sort());
  }
  expect(await archives()).toHaveLength(2);
  expect(await paths()).toHaveLength(6);
  expect(await bucket.sweep(new Date('2999-01-01'))).toBe(0);
});

it('what a workstation holds is left alone while it lives, and taken over when it has died', async () => {
  const [directory = ''] = await all(bucket.directories(''));
  const place = JSON.stringify({ driver: 'obs', options });
  const holder = startChild(script, ['hold', join(second.dataDirectory, '..', 'holder'), place, directory]);
  expect(await nextLine(holder)).toBe('held');
  const refused = await first.run('t');
  expect(refused.run.state).toBe('incomplete');
  expect(refused.log).toContainEqual(expect.stringContaining('elsewhere is working on the backups'));
  // The archive is made all the same; the others learn of it later.
  expect(await archives()).toHaveLength(2);
  expect(await controlPoints(directory)).toHaveLength(1);
  const waiting = first.run('t');
  await until('the third archive', async () => (await archives()).length === 3 || undefined);
  holder.kill('SIGKILL');
  await holder.ended;
  expect((await waiting).run.state).toBe('succeeded');
  expect(await archives()).toHaveLength(2);
  await rescan(first);
  expect((await controlPoints(directory)).map(({ id }) => id)).toEqual((await first.points()).reverse());
});

async function controlPoints(directory: string): Promise<readonly { readonly id: string }[]> {
  const text = (await collect(bucket.read(`${directory}/control.json`))).toString();
  return JSON.parse(text).points;
}
