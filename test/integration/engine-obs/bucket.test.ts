import {
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  PutBucketPolicyCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineContext } from '../../../main/engine/context.ts';
import { clearStaleWrites } from '../../../main/engine/rescan/stale-writes.ts';
import { systemClock } from '../../../main/engine/system-clock.ts';
import type { ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import type { Point } from '../../../shared/model/point.ts';
import { startProxy, type TcpProxy } from '../../servers/proxy.ts';
import { type S3Account, startVersitygw, type VersitygwServer } from '../../servers/versitygw.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { someBytes } from '../../storages/bytes.ts';
import { obsOptions, openObs, readOnlyPolicy, rootClient } from '../../storages/obs-bucket.ts';
import { saying } from '../../support/saying.ts';
import { Workstation } from '../engine-backup/workstation.ts';
import {
  asSuper,
  breakTree,
  openSuper,
  plantTree,
  type Seen,
  see,
  superPassword,
} from '../engine-restore/tree.ts';

/** Random bytes do not compress: the archive is sent in parts. */
const BULKY = 60;
const BULKY_BYTES = 300_000;
const MOST_REQUESTS = 6;
const MOST_BYTES = 4_000_000;
const PREFIX = 'backups/of us';

let zookeeper: ZooKeeperServer;
let client: ZooKeeperClient;
let gateway: VersitygwServer;
let admin: S3Client;
let proxy: TcpProxy;
let station: Workstation;
let point: Point;
let before: Seen;

beforeAll(async () => {
  [zookeeper, gateway] = await Promise.all([startZooKeeper({ superPassword }), startVersitygw()]);
  admin = rootClient(gateway);
  client = await openSuper(zookeeper);
  await plantTree(client, 1500, 41);
  await client.create('/bulk', null);
  for (let at = 0; at < BULKY; at += 1) await client.create(`/bulk/n${at}`, someBytes(BULKY_BYTES, at + 1));
  before = await see(zookeeper);
  await gateway.createBucket('bucket');
  proxy = await startProxy({ host: gateway.host, port: gateway.port });
  station = await newStation();
  await station.addCluster('zk', [zookeeper], asSuper);
  await station.createTask('nightly', { sources: [{ storage: 'bucket', maximumCopies: 2 }] });
  point = await station.backup('nightly');
});

afterAll(async () => {
  await client?.close();
  admin?.destroy();
  await station?.[Symbol.asyncDispose]();
  await proxy?.[Symbol.asyncDispose]();
  await Promise.all([zookeeper?.[Symbol.asyncDispose](), gateway?.[Symbol.asyncDispose]()]);
});

/** An installation with an empty data directory that is told of the bucket and nothing else. */
async function newStation(account: S3Account = gateway.root): Promise<Workstation> {
  const opened = await Workstation.open();
  await opened.initVault();
  await opened.client.storages.add({
    name: 'bucket',
    driver: 'obs',
    options: {
      ...obsOptions(gateway, 'bucket'),
      ...account,
      endpoint: `http://${proxy.connectString}`,
      prefix: PREFIX,
    },
  });
  return opened;
}

async function verify(of: Workstation, id: string) {
  const events = await of.client.explore.verify({ target: { of: 'point', point: id }, level: 'content' });
  for await (const event of events) if (event.event === 'verified') return event.verification;
  throw new Error('verifying ended without a result');
}

describe('a bucket as storage', () => {
  it('holds an archive larger than a part, which verifies to the last byte', async () => {
    expect(point.archives[0]?.size).toBeGreaterThan(BULKY * BULKY_BYTES);
    expect(gateway.requests()).toContain('s3_UploadPart');
    expect(await verify(station, point.id)).toMatchObject({ sound: true });
  });

  it('does not show its secrets', async () => {
    const shown = JSON.stringify(await station.client.storages.list({}));
    expect(shown).not.toContain(gateway.root.secretKey);
    expect(shown).toContain('"secretKey":"***"');
  });

  it('gives one znode for a few requests and kilobytes', async () => {
    const group = [...before.nodes].filter(({ path }) => path.startsWith('/app/g')).at(700);
    const key = group?.path.slice(1).split('/') ?? [];
    const requests = gateway.requests().length;
    const { toClient } = proxy.passed;
    const place = await station.client.explore.place({
      target: { of: 'point', point: point.id },
      key,
      limit: 10,
    });
    expect(place.entry).toMatchObject({ kind: 'znode' });
    expect(gateway.requests().length - requests).toBeLessThanOrEqual(MOST_REQUESTS);
    expect(proxy.passed.toClient - toClient).toBeLessThan(MOST_BYTES);
  });

  it('keeps the copies that a task asks for, and no unfinished upload', async () => {
    const before = gateway.requests().length;
    for (let time = 0; time < 2; time += 1) await station.backup('nightly');
    expect(await station.points()).toHaveLength(2);
    expect(gateway.requests().slice(before)).toContain('s3_ListMultipartUploads');
    const checks = await Array.fromAsync(await station.client.storages.validate({ name: 'bucket' }));
    expect(checks.filter(({ result }) => result === 'failed')).toEqual([]);
    const uploads = gateway.requests().filter((name) => /s3_(Create|Complete)MultipartUpload/.test(name));
    expect(new Set(uploads).size).toBe(2);
    expect(uploads.length % 2).toBe(0);
  });

  it('is rescanned by an account that may only read it', async () => {
    const reader = await gateway.createAccount('reader');
    const Policy = readOnlyPolicy('bucket', 'reader');
    await admin.send(new PutBucketPolicyCommand({ Bucket: 'bucket', Policy }));
    await using looking = await newStation(reader);
    const report = await looking.client.storages.rescan({ name: 'bucket' });
    expect(report).toMatchObject({ points: 2, archives: 2, damaged: [], repaired: [] });
    expect(report.notes).toContainEqual(saying(/^unfinished writes were not looked for: .*refuses access/));
    expect((await looking.points()).toSorted()).toEqual((await station.points()).toSorted());
  });

  it('loses what our own writes left unfinished, and nothing of other programs', async () => {
    const directory = point.archives[0]?.path.split('/')[0] ?? '';
    const ours = [`${directory}/3.9_ZooKeeper_20260101000000.tar.gz`, 'holdfast-validate-0a/large'];
    for (const path of [...ours, 'video.mp4', `${directory}/data.tar.gz`]) {
      await admin.send(new CreateMultipartUploadCommand({ Bucket: 'bucket', Key: `${PREFIX}/${path}` }));
    }
    const storage = await openObs({ ...obsOptions(gateway, 'bucket'), prefix: PREFIX });
    const sweepAfter = (days: number) => {
      const now = () => new Date(Date.now() + days * 24 * 3_600_000);
      const context = { surroundings: { clock: { ...systemClock, now } } } as EngineContext;
      return clearStaleWrites(context, storage, new AbortController().signal);
    };
    expect(await sweepAfter(0.9)).toBe(0);
    expect(await sweepAfter(1.1)).toBe(ours.length);
    const { Uploads = [] } = await admin.send(new ListMultipartUploadsCommand({ Bucket: 'bucket' }));
    expect(Uploads.map(({ Key }) => Key).sort()).toEqual(
      [`${PREFIX}/${directory}/data.tar.gz`, `${PREFIX}/video.mp4`].sort(),
    );
    await storage.close();
  });

  it('is enough for another machine to bring the cluster back', async () => {
    await breakTree(client, 42);
    const bulky = Array.from({ length: BULKY / 2 }, (_, at) => `/bulk/n${at}`);
    await Promise.all(bulky.map((path) => client.delete(path)));
    expect((await see(zookeeper)).nodes).not.toEqual(before.nodes);

    await using fresh = await newStation();
    expect(await fresh.client.storages.rescan({ name: 'bucket' })).toMatchObject({ tasks: 1, damaged: [] });
    expect((await fresh.points()).toSorted()).toEqual((await station.points()).toSorted());
    const services = [{ service: 'ZooKeeper', options: { password: superPassword } }];
    await fresh.client.clusters.update({ name: 'zk', services });
    const [newest = ''] = await fresh.points();
    const run = await restore(fresh, newest);
    expect(run).toMatchObject({ state: 'succeeded', counts: { differences: 0 } });
    expect((await see(zookeeper)).nodes).toEqual(before.nodes);
  });
});

async function restore(on: Workstation, from: string) {
  const order = {
    from: { of: 'point' as const, point: from },
    services: [],
    select: [],
    mode: 'equal' as const,
  };
  for await (const event of await on.client.restores.plan(order)) {
    if (event.event !== 'planned') continue;
    const { id, clusterName } = event.plan;
    return (await on.ended((await on.client.restores.start({ plan: id, confirm: clusterName })).id)).run;
  }
  throw new Error('planning ended without a plan');
}
