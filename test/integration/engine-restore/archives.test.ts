import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CONTROL_FILE } from '../../../main/engine/control/control-file.ts';
import type { ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { Bench } from './bench.ts';
import { breakTree, openSuper, plantTree, type Seen, see, superPassword } from './tree.ts';

describe('the archive that a restore reads', () => {
  let server: ZooKeeperServer;
  let client: ZooKeeperClient;
  let bench: Bench;
  let point: string;
  let archive: string;
  let copy: string;
  let before: Seen;
  let broken: Seen;

  beforeAll(async () => {
    server = await startZooKeeper({ superPassword });
    bench = await Bench.open('archives');
    client = await openSuper(server);
    await plantTree(client, 300, 14);
    await bench.addCluster('zk', server);
    point = await bench.backup('zk');
    archive = await bench.archiveOf(point);
    copy = join(bench.folder, 'copy.tar.gz');
    copyFileSync(archive, copy);
    before = await see(server);
    await breakTree(client, 15);
    broken = await see(server);
  });

  afterAll(async () => {
    await client?.close();
    await bench?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  beforeEach(() => copyFileSync(copy, archive));

  /** Of the point's archive in the catalog and in its directory, and the point that the overview can go back to. */
  async function proofs() {
    const { archives } = await bench.client.points.show({ point });
    const control = JSON.parse(readFileSync(join(dirname(archive), CONTROL_FILE), 'utf8'));
    const { clusters } = await bench.client.overview.show({});
    return [archives.map(({ verified }) => verified), control.proofs, clusters[0]?.services[0]?.lastGood];
  }

  async function expectUntouched(run: string): Promise<void> {
    expect(existsSync(join(bench.dataDirectory, 'undo', run))).toBe(false);
    expect((await see(server)).nodes).toEqual(broken.nodes);
  }

  it.each([0.02, 0.3, 0.6, 0.9])('has a byte flipped at %d: nothing is changed', async (share) => {
    const plan = await bench.plan(point);
    const bytes = readFileSync(archive);
    const at = Math.floor(bytes.length * share);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at);
    writeFileSync(archive, bytes);
    const run = await bench.ended((await bench.start(plan)).id);
    expect(run).toMatchObject({
      state: 'failed',
      error: { code: 'engine.archive-unsound', category: 'integrity' },
    });
    await expectUntouched(run.id);
    expect(await proofs()).toEqual([
      [{ at: expect.any(String), level: 'content', sound: false }],
      [{ archive: expect.any(String), at: expect.any(String), level: 'content', sound: false }],
      undefined,
    ]);
    copyFileSync(copy, archive);
    const resumed = await bench.resume(run.id);
    expect(resumed.state).toBe('succeeded');
    expect(await proofs()).toMatchObject([[{ level: 'content', sound: true }], [{}], { point }]);
    await bench.restore({ of: 'undo', run: run.id });
  });

  it('has another length, or another point’s bytes: nothing is changed', async () => {
    const plan = await bench.plan(point);
    truncateSync(archive, readFileSync(copy).length - 1);
    const short = await bench.ended((await bench.start(plan)).id);
    expect(short).toMatchObject({ state: 'failed', error: { category: 'integrity' } });
    await expectUntouched(short.id);

    copyFileSync(copy, archive);
    const second = await bench.plan(point);
    copyFileSync(await bench.archiveOf(await bench.backup('zk')), archive);
    const swapped = await bench.ended((await bench.start(second)).id);
    expect(swapped).toMatchObject({ state: 'failed', error: { code: 'engine.archive-unsound' } });
    await expectUntouched(swapped.id);
  });

  it('is missing: no plan, and no restore of an earlier plan', async () => {
    const plan = await bench.plan(point);
    renameSync(archive, `${archive}.away`);
    await expect(bench.plan(point)).rejects.toMatchObject({ code: 'storage.missing' });
    const run = await bench.ended((await bench.start(plan)).id);
    expect(run).toMatchObject({ state: 'failed', error: { code: 'storage.missing' } });
    await expectUntouched(run.id);
    renameSync(`${archive}.away`, archive);
  });

  it('is a file and all that there is, beside a cluster', async () => {
    await using fresh = await Bench.open('fresh');
    await fresh.addCluster('new', server);
    await expect(fresh.plan({ of: 'file', path: copy })).rejects.toMatchObject({
      code: 'engine.cluster-unknown',
    });
    const run = await fresh.restore({ of: 'file', path: copy }, { to: 'new' });
    expect(run).toMatchObject({ state: 'succeeded' });
    expect(run).not.toHaveProperty('point');
    expect((await see(server)).nodes).toEqual(before.nodes);
    expect((await fresh.restore({ of: 'undo', run: run.id })).state).toBe('succeeded');
    await expectUntouched('none');
  });

  it('is a file of a cluster that is known: it goes back there', async () => {
    const run = await bench.restore({ of: 'file', path: copy });
    expect(run.state).toBe('succeeded');
    expect((await see(server)).nodes).toEqual(before.nodes);
    await bench.restore({ of: 'undo', run: run.id });
  });

  it('is sealed: the vault’s key opens it, elsewhere only the key that was given', async () => {
    const keyFile = join(bench.folder, 'main.key');
    const otherFile = join(bench.folder, 'other.key');
    const { id } = await bench.client.keys.create({ name: 'main', file: keyFile });
    await bench.client.keys.create({ name: 'other', file: otherFile });
    await bench.restore(point);
    const sealed = await bench.backup('zk', ['/'], id);
    await breakTree(client, 16);
    expect((await bench.restore(sealed)).state).toBe('succeeded');
    expect((await see(server)).nodes).toEqual(before.nodes);

    await breakTree(client, 17);
    const changed = await see(server);
    await using fresh = await Bench.open('fresh');
    await fresh.addCluster('new', server);
    const from = { of: 'file', path: await bench.archiveOf(sealed) } as const;
    const opened = (file: string) => ({ to: 'new', opening: { keys: [readFileSync(file, 'utf8')] } });
    await expect(fresh.plan(from, { to: 'new' })).rejects.toMatchObject({ code: 'archive.key-missing' });
    await expect(fresh.plan(from, opened(otherFile))).rejects.toMatchObject({ code: 'archive.key-missing' });

    const plan = await fresh.plan(from, opened(keyFile));
    const locked = await fresh.ended((await fresh.start(plan)).id);
    expect(locked).toMatchObject({ state: 'failed', error: { code: 'archive.key-missing' } });
    expect((await see(server)).nodes).toEqual(changed.nodes);
    const run = await fresh.resume(plan.id, opened(keyFile).opening);
    expect(run).toMatchObject({ state: 'succeeded' });
    expect((await see(server)).nodes).toEqual(before.nodes);
    await expect(fresh.plan({ of: 'undo', run: run.id })).rejects.toMatchObject({
      code: 'archive.key-missing',
    });
    const { opening } = opened(keyFile);
    expect((await fresh.restore({ of: 'undo', run: run.id }, { opening })).state).toBe('succeeded');
    expect((await see(server)).nodes).toEqual(changed.nodes);
    expectNoSecret(fresh.dataDirectory, readFileSync(keyFile, 'utf8'));
  });
});

/** No line of a key file stands in any file of the directory. */
function expectNoSecret(directory: string, keyFile: string): void {
  const secrets = keyFile.split('\n').filter((line) => line.length > 30);
  expect(secrets.length).toBeGreaterThan(0);
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const content = readFileSync(join(entry.parentPath, entry.name), 'latin1');
    for (const secret of secrets) expect(content).not.toContain(secret);
  }
}
