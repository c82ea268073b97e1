import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fillWithJava } from '../../foreign/zookeeper.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { codeOf } from './codes.ts';
import { archivesIn, filesIn } from './storage-folder.ts';
import { OPTIONS, Workstation } from './workstation.ts';

const PASSWORD = OPTIONS.password;
const WRONG = 'a-password-that-is-wrong';

let server: ZooKeeperServer;
let station: Workstation;
let storage: string;

beforeAll(async () => {
  server = await startZooKeeper({ superPassword: PASSWORD, sasl: true });
  await fillWithJava(server, { path: '/tree', count: 300 });
});

afterAll(() => server?.[Symbol.asyncDispose]());

beforeEach(async () => {
  storage = workFolder('storage');
  station = await Workstation.open();
  await station.initVault();
  await station.addStorage('disk', storage);
  await station.addCluster('zk', [server], OPTIONS);
  await station.createTask('t', { sources: [{ roots: ['/tree'], maximumCopies: 5 }] });
  return async () => {
    await station[Symbol.asyncDispose]();
    removeWorkFolder(storage);
  };
});

/** Files below a folder that hold one of the texts. */
function holding(folder: string, ...texts: string[]): string[] {
  return filesIn(folder, { hidden: true }).filter((path) => {
    const bytes = readFileSync(join(folder, path));
    return texts.some((text) => bytes.includes(text) || bytes.includes(Buffer.from(text).toString('base64')));
  });
}

/** Everything that the engine tells to whoever asks. */
async function replies({ client }: Workstation): Promise<string> {
  const page = { limit: 100 };
  const runs = await client.runs.list(page);
  const told = [
    await client.clusters.list({}),
    await client.storages.list({}),
    await client.tasks.list({}),
    await client.points.list(page),
    runs,
    await Promise.all(runs.map(({ id }) => client.runs.log({ run: id }))),
    await Array.fromAsync(await client.tasks.check({ name: 't' })),
    await Array.fromAsync(await client.clusters.test({ name: 'zk' })),
  ];
  return JSON.stringify(told);
}

describe('a password', () => {
  it('is in no file and in no reply, whether it is right or wrong', async () => {
    await station.backup('t');
    await station.addCluster('wrong', [server], { auth: 'sasl', user: 'somebody', password: WRONG });
    await station.createTask('fails', { cluster: 'wrong' });
    expect((await station.run('fails')).run.error?.code).toBe('source.sign-in-failed');
    const options = { connectString: server.connectString, auth: 'sasl', user: 'somebody', password: WRONG };
    const once = await station.client.backups.once({
      source: { driver: 'zookeeper', options },
      selection: {},
      storage: { driver: 'local', options: { directory: storage } },
      name: 'once',
      consent: true,
    });
    expect((await station.ended(once.id)).run.state).toBe('failed');
    expect(await replies(station)).not.toMatch(new RegExp(`${PASSWORD}|${WRONG}`));
    await station.close();
    expect(holding(storage, PASSWORD, WRONG)).toEqual([]);
    expect(holding(join(station.dataDirectory, '..'), PASSWORD, WRONG)).toEqual([]);
    await station.reopen();
    await station.backup('t');
  });
});

describe('a fresh installation at a storage', () => {
  it('has points, tasks, pins and proofs back, and asks for the secrets again', async () => {
    const points = [await station.backup('t'), await station.backup('t'), await station.backup('t')];
    const [pinned, verified] = points.map(({ id }) => id);
    await station.client.points.pin({ point: pinned ?? '', pinned: true });
    const target = { of: 'point', point: verified ?? '' } as const;
    await Array.fromAsync(await station.client.explore.verify({ target, level: 'content' }));
    const before = await station.client.points.list({ limit: 10 });
    expect(before.map(({ archives }) => archives[0]?.verified?.sound)).toEqual([undefined, true, undefined]);

    await using fresh = await Workstation.open();
    await fresh.addStorage('again', storage);
    const report = await fresh.client.storages.rescan({ name: 'again' });
    expect(report).toMatchObject({ tasks: 1, points: 3, archives: 3, repaired: [], damaged: [] });
    const [again] = await fresh.client.storages.list({});
    const expected = before.map((point) => ({
      ...point,
      archives: point.archives.map((archive) => ({ ...archive, storage: again?.id })),
    }));
    expect(await fresh.client.points.list({ limit: 10 })).toEqual(expected);
    const [old, adopted] = [
      await station.client.tasks.show({ name: 't' }),
      await fresh.client.tasks.show({ name: 't' }),
    ];
    expect(adopted.task).toMatchObject({ id: old.task.id, policy: old.task.policy, paused: true });
    expect(adopted.task.sources).toEqual(
      old.task.sources.map((source) => ({ ...source, storage: again?.id })),
    );
    const [cluster] = await fresh.client.clusters.list({});
    expect(cluster).toMatchObject({ name: 'zk', services: [{ options: { user: 'super' } }] });
    expect(JSON.stringify(report.notes)).toContain('password');
    expect((await fresh.run('t')).run.state).toBe('failed');
    await fresh.initVault();
    const services = [{ service: 'ZooKeeper', options: { password: PASSWORD } }];
    await fresh.client.clusters.update({ name: 'zk', services });
    await fresh.backup('t');
    expect(archivesIn(storage)).toHaveLength(4);
  });
});

describe('an encrypted task', () => {
  it('is opened by the vault’s key or by the key’s file, and by nothing else', async () => {
    const keyFile = join(station.dataDirectory, '..', 'archive.key');
    const key = await station.client.keys.create({ name: 'main', file: keyFile });
    await station.createTask('sealed', { sources: [{ roots: ['/tree'], key: key.id, consent: false }] });
    const point = await station.backup('sealed');
    expect(point.archives).toMatchObject([{ encrypted: true }]);
    const target = { of: 'point', point: point.id } as const;
    const root = await station.client.explore.place({ target, key: ['tree'], limit: 1000 });
    expect(root.children.length).toBeGreaterThan(0);
    const file = join(storage, point.archives[0]?.path ?? '');
    const name = root.children[0]?.name ?? '';
    expect(readFileSync(file).includes(name)).toBe(false);

    await using stranger = await Workstation.open();
    const place = { target: { of: 'file', path: file } as const, key: ['tree'], limit: 1000 };
    expect(await codeOf(stranger.client.explore.place(place))).toBe('archive.key-missing');
    expect(await codeOf(stranger.client.explore.place({ ...place, opening: { passphrase: 'guess' } }))).toBe(
      'archive.key-missing',
    );
    const opening = { keys: [readFileSync(keyFile, 'utf8')] };
    expect(await stranger.client.explore.place({ ...place, opening })).toEqual(root);
    expect(await stranger.client.explore.inspect({ path: file })).toMatchObject({
      kind: 'archive',
      parts: 0,
    });
  });

  it('is asked for where the source holds secrets of the cluster, unless somebody consents', async () => {
    const refused = station.createTask('open', { sources: [{ consent: false }] });
    expect(await codeOf(refused)).toBe('engine.consent-needed');
    const point = await station.backup('t');
    const path = join(storage, point.archives[0]?.path ?? '');
    const inspection = await station.client.explore.inspect({ path });
    expect(inspection).toMatchObject({ manifest: { consent: true, encryption: null } });
    expect(Object(inspection).manifest.sensitive).not.toEqual([]);
  });
});
