import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../main/protocols/zookeeper/index.ts';
import type { CheckResult } from '../../../shared/model/preflight.ts';
import { ManualClock } from '../../clock/manual-clock.ts';
import { reservePort } from '../../servers/ports.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { canMount, mounted } from '../../storages/tmpfs.ts';
import { OPTIONS, Workstation } from './workstation.ts';

let server: ZooKeeperServer;
let folder: string;

beforeAll(async () => {
  server = await startZooKeeper({ superPassword: OPTIONS.password });
  const client = await connect({ connectString: server.connectString });
  await client.create('/app', randomBytes(100_000));
  await client.close();
});

afterAll(() => server?.[Symbol.asyncDispose]());

beforeEach(() => {
  folder = workFolder('preflight');
  return () => removeWorkFolder(folder);
});

/** `check` → result, of everything that a task needs. */
async function check(station: Workstation, name = 't'): Promise<Record<string, CheckResult['result']>> {
  const results = await Array.fromAsync(await station.client.tasks.check({ name }));
  for (const { check, result, finding, remedy } of results) {
    if (result === 'failed') expect(remedy?.en).not.toBe('');
    for (const { en, zh } of [finding, ...(remedy === undefined ? [] : [remedy])]) {
      expect(en, check).not.toMatch(/\p{Script=Han}/u);
      expect(zh, check).toMatch(/\p{Script=Han}/u);
    }
  }
  return Object.fromEntries(results.map(({ check: id, result }) => [id, result]));
}

describe('the check of a storage', () => {
  it('passes, and knows the space needed only after the first backup', async () => {
    await using station = await Workstation.open();
    await station.addStorage('disk', join(folder, 'disk'));
    await station.addCluster('zk', [server]);
    await station.createTask('t');
    const first = { 'storage.access': 'passed', 'storage.space': 'unknown', 'storage.clock': 'passed' };
    expect(await check(station)).toMatchObject(first);
    await station.backup('t');
    expect(await check(station)).toMatchObject({ ...first, 'storage.space': 'passed' });
  });

  it('fails where nothing can be written, and does not guess the rest', async () => {
    await using station = await Workstation.open();
    const disk = join(folder, 'disk');
    await station.addStorage('disk', disk);
    await station.addCluster('zk', [server]);
    await station.createTask('t');
    rmSync(disk, { recursive: true });
    writeFileSync(disk, 'a file stands in the way');
    const results = await check(station);
    expect(results['storage.access']).toBe('failed');
    expect(results['storage.space']).not.toBe('passed');
    expect(results['storage.clock']).not.toBe('passed');
  });

  it('compares the clocks', async () => {
    const clock = new ManualClock(new Date());
    await using station = await Workstation.open({ clock });
    await station.addStorage('disk', join(folder, 'disk'));
    await station.addCluster('zk', [server]);
    await station.createTask('t');
    const clockCheck = async (offset: number) => {
      clock.set(new Date(Date.now() + offset));
      return (await check(station))['storage.clock'];
    };
    expect(await clockCheck(30_000)).toBe('warning');
    expect(await clockCheck(-30_000)).toBe('warning');
    expect(await clockCheck(600_000)).toBe('failed');
    expect(await clockCheck(-600_000)).toBe('failed');
  });

  it.runIf(canMount())(
    'warns when space gets short, fails when there is none, and then leaves the clock open',
    async () => {
      await using station = await Workstation.open();
      const disk = join(folder, 'disk');
      mkdirSync(disk);
      await mounted(disk, '1m', async () => {
        await station.addStorage('disk', disk);
        await station.addCluster('zk', [server]);
        await station.createTask('t');
        const { archives } = await station.backup('t');
        const size = archives[0]?.size ?? 0;
        const filler = join(disk, 'filler');
        const free = await freeOf(station);
        writeFileSync(filler, Buffer.alloc(Math.floor((free - size * 1.5) / 4096) * 4096));
        const short = await check(station);
        expect(short['storage.space']).toBe('warning');
        expect(() => writeFileSync(join(disk, 'rest'), Buffer.alloc(1_000_000))).toThrow('ENOSPC');
        expect(await check(station)).toMatchObject({
          'storage.access': 'failed',
          'storage.space': 'failed',
          'storage.clock': 'unknown',
        });
      });
    },
  );
});

async function freeOf(station: Workstation): Promise<number> {
  const results = await Array.fromAsync(await station.client.tasks.check({ name: 't' }));
  const { finding } = results.find(({ check: id }) => id === 'storage.space') ?? { finding: { en: '' } };
  return Number(/^(\d+) bytes are free/.exec(finding.en)?.[1]);
}

describe('the check of vault and key', () => {
  it('passes while the vault is absent or open, and fails while it is locked; the key is then unknown', async () => {
    await using station = await Workstation.open();
    await station.addStorage('disk', join(folder, 'disk'));
    await station.addCluster('plain', [server]);
    await station.createTask('plain', { cluster: 'plain' });
    expect(await check(station, 'plain')).toMatchObject({ 'vault.open': 'passed' });
    const passphrase = { kind: 'passphrase', passphrase: 'correct horse battery' } as const;
    await station.client.vault.init(passphrase);
    await station.addCluster('zk', [server], OPTIONS);
    const key = await station.client.keys.create({ name: 'main', file: join(folder, 'main.key') });
    await station.createTask('t', { sources: [{ key: key.id }] });
    const open = { 'vault.open': 'passed', 'archive.key': 'passed', 'zookeeper.access': 'passed' };
    expect(await check(station)).toMatchObject(open);
    await station.reopen();
    const locked = await check(station);
    expect(locked).toMatchObject({
      'vault.open': 'failed',
      'archive.key': 'unknown',
      'source.reachable': 'failed',
    });
    await station.client.vault.unlock(passphrase);
    expect(await check(station)).toMatchObject(open);
  });
});

describe('the check of a cluster', () => {
  it('passes, and leaves open what ZooKeeper does not tell', async () => {
    await using station = await Workstation.open();
    await station.addCluster('zk', [server]);
    const results = await Array.fromAsync(await station.client.clusters.test({ name: 'zk' }));
    const byName = Object.fromEntries(results.map(({ check: id, result }) => [id, result]));
    expect(byName).toMatchObject({
      'zookeeper.reachable': 'passed',
      'zookeeper.version': 'passed',
      'zookeeper.quorum': 'passed',
      'zookeeper.access': 'passed',
      'zookeeper.clock': 'unknown',
    });
  });

  it('fails for a server that is not there, and says what to do', async () => {
    await using station = await Workstation.open();
    await station.initVault();
    const nobody = await reservePort();
    await station.addCluster('zk', [{ connectString: `127.0.0.1:${nobody.port}` }], { connectTimeout: 1 });
    const results = await Array.fromAsync(await station.client.clusters.test({ name: 'zk' }));
    nobody.release();
    expect(results).toMatchObject([{ check: 'source.reachable', subject: 'ZooKeeper', result: 'failed' }]);
    expect(results[0]?.remedy?.en).toContain('Check that it is running');
  });
});

describe('storages.validate', () => {
  it('passes every check of a sound storage', async () => {
    await using station = await Workstation.open();
    await station.addStorage('disk', join(folder, 'disk'));
    const results = await Array.fromAsync(await station.client.storages.validate({ name: 'disk' }));
    expect(results.length).toBeGreaterThan(8);
    expect(new Set(results.map(({ result }) => result))).toEqual(new Set(['passed']));
  });

  it.runIf(canMount())('fails what cannot be written and leaves open what needs writing', async () => {
    await using station = await Workstation.open();
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    await mounted(disk, '1m', async () => {
      await station.addStorage('disk', disk);
      expect(() => writeFileSync(join(disk, 'all'), Buffer.alloc(2_000_000))).toThrow('ENOSPC');
      const results = await Array.fromAsync(await station.client.storages.validate({ name: 'disk' }));
      const byName = Object.fromEntries(results.map(({ check: id, result }) => [id, result]));
      expect(byName).toMatchObject({ write: 'failed', read: 'unknown', usage: 'passed' });
      const failed = results.find(({ check: id }) => id === 'write');
      expect(failed?.remedy?.en).toContain('Free space');
    });
  });
});
