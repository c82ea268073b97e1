import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../main/protocols/zookeeper/index.ts';
import { ArchivePassphrases } from '../../../main/secrets/passphrases.ts';
import { openVault } from '../../../main/secrets/vault.ts';
import type { Change } from '../../../shared/model/change.ts';
import { type ClusterExport, EXPORT_FORMAT } from '../../../shared/model/cluster-export.ts';
import type { CheckResult } from '../../../shared/model/preflight.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { codeOf } from '../engine-backup/codes.ts';
import { OPTIONS, Workstation } from '../engine-backup/workstation.ts';

let server: ZooKeeperServer;
let folder: string;
let station: Workstation;

beforeAll(async () => {
  server = await startZooKeeper({ superPassword: OPTIONS.password });
  await using client = await connect({ connectString: server.connectString });
  await client.create('/app', Buffer.from('root'));
  for (let i = 0; i < 20; i++) await client.create(`/app/n${i}`, Buffer.from(`value ${i}`));
});

afterAll(() => server?.[Symbol.asyncDispose]());

beforeEach(async () => {
  folder = workFolder('definitions');
  station = await Workstation.open();
  await station.initVault();
  await station.addCluster('zk', [server], OPTIONS);
  await station.addStorage('disk', join(folder, 'disk'));
});

afterEach(async () => {
  await station[Symbol.asyncDispose]();
  removeWorkFolder(folder);
});

const results = (checks: readonly CheckResult[]) =>
  Object.fromEntries(checks.map(({ check, result }) => [check, result]));

describe('drivers', () => {
  it('say what a form needs, in both languages, and survive JSON', async () => {
    const drivers = await station.client.drivers.list({});
    expect(JSON.parse(JSON.stringify(drivers))).toEqual(drivers);
    const zookeeper = drivers.sources.find(({ id }) => id === 'zookeeper');
    expect(zookeeper?.options.find(({ name }) => name === 'connectString')).toMatchObject({
      flag: 'connect-string',
      type: { kind: 'text' },
      required: true,
      secret: false,
    });
    expect(zookeeper?.options.find(({ name }) => name === 'password')).toMatchObject({ secret: true });
    expect(zookeeper?.selection.map(({ name }) => name)).toContain('roots');
    const kafka = drivers.sources.find(({ id }) => id === 'kafka');
    expect(kafka?.kinds.filter(({ sensitive }) => sensitive).map(({ kind }) => kind)).toEqual(['user']);
    const storages = drivers.storages.map(({ id, capabilities }) => [id, capabilities.reportsSpace]);
    expect(storages).toEqual([
      ['local', true],
      ['obs', false],
    ]);
    for (const { label, account } of [...drivers.sources, ...drivers.storages]) {
      expect(account.en).not.toBe('');
      expect(account.zh).toMatch(/\p{Script=Han}/u);
      expect(label.en).not.toBe('');
    }
  });
});

describe('a service that is tried before it is saved', () => {
  it('passes with what reaches it, and nothing is kept', async () => {
    const service = {
      source: 'zookeeper',
      service: 'ZooKeeper',
      options: { connectString: server.connectString },
    };
    const checks = await Array.fromAsync(await station.client.clusters.probe({ services: [service] }));
    expect(checks.length).toBeGreaterThan(1);
    expect(checks.filter(({ result }) => result === 'failed')).toEqual([]);
    expect((await station.client.clusters.list({})).map(({ name }) => name)).toEqual(['zk']);
  });

  it('fails with a reason for what is not there or does not fit, and tries the others all the same', async () => {
    const good = { source: 'zookeeper', service: 'good', options: { connectString: server.connectString } };
    const services = [
      {
        source: 'zookeeper',
        service: 'misfit',
        options: { connectString: server.connectString, colour: 'red' },
      },
      { source: 'nothing', service: 'stranger', options: {} },
      good,
    ];
    const checks = await Array.fromAsync(await station.client.clusters.probe({ services }));
    const failed = checks.filter(({ result }) => result === 'failed');
    expect(failed.map(({ subject }) => subject)).toEqual(['misfit', 'stranger']);
    expect(failed[0]?.finding.en).toContain('colour');
    expect(checks.slice(2).some(({ result }) => result === 'passed')).toBe(true);
  });

  it('of a saved cluster keeps the secret that is not given, and uses the one that is', async () => {
    const probe = async (options: Record<string, unknown>) => {
      const services = [{ source: 'zookeeper', service: 'ZooKeeper', options }];
      return Array.fromAsync(await station.client.clusters.probe({ cluster: 'zk', services }));
    };
    const kept = await probe({ sessionTimeout: 20 });
    expect(kept.filter(({ result }) => result === 'failed')).toEqual([]);
    const without = await probe({ user: null });
    expect(without.some(({ result }) => result === 'failed')).toBe(true);
    expect(JSON.stringify([kept, without])).not.toContain(OPTIONS.password);
    const [cluster] = await station.client.clusters.list({});
    expect(cluster?.services[0]?.options).not.toHaveProperty('sessionTimeout', 20);
  });
});

describe('a storage', () => {
  it('is tried before it is saved; what hinders it is a result', async () => {
    const probe = async (directory: string) =>
      results(
        await Array.fromAsync(
          await station.client.storages.probe({ driver: 'local', options: { directory } }),
        ),
      );
    const passed = await probe(join(folder, 'fresh'));
    expect(Object.values(passed)).not.toContain('failed');
    writeFileSync(join(folder, 'file'), 'in the way');
    expect(Object.values(await probe(join(folder, 'file')))).toContain('failed');
    expect((await station.client.storages.list({})).map(({ name }) => name)).toEqual(['disk']);
  });

  it('is changed only to what can be opened', async () => {
    writeFileSync(join(folder, 'file'), 'in the way');
    const { client } = station;
    const change = (directory: string) => client.storages.update({ name: 'disk', options: { directory } });
    expect(await codeOf(change(join(folder, 'file')))).toMatch(/^storage\./);
    const directory = async () => (await client.storages.list({}))[0]?.options.directory;
    expect(await directory()).toBe(join(folder, 'disk'));
    await change(join(folder, 'elsewhere'));
    expect(await directory()).toBe(join(folder, 'elsewhere'));
    expect(await codeOf(client.storages.update({ name: 'disk', options: { directory: null } }))).toBe(
      'general.invalid-input',
    );
  });

  it('tells how full it is, and the overview does without one that does not answer', async () => {
    await station.createTask('t');
    const { archives } = await station.backup('t');
    const size = archives.reduce((sum, archive) => sum + archive.size, 0);
    const fill = await station.client.storages.usage({ name: 'disk' });
    expect(fill).toMatchObject({ name: 'disk', archives: 1, archiveBytes: size });
    expect(fill.free).toBeLessThanOrEqual(fill.total ?? 0);
    rmSync(join(folder, 'disk'), { recursive: true });
    writeFileSync(join(folder, 'disk'), 'in the way');
    expect(await codeOf(station.client.storages.usage({ name: 'disk' }))).toMatch(/^storage\./);
    const { storages } = await station.client.overview.show({});
    expect(storages).toEqual([
      { id: fill.id, name: 'disk', driver: 'local', archives: 1, archiveBytes: size },
    ]);
    rmSync(join(folder, 'disk'));
    mkdirSync(join(folder, 'disk'));
  });
});

describe('a task', () => {
  const schedule = { start: '2026-01-01T00:00:00.000Z', every: 1, unit: 'days', timeZone: 'UTC' } as const;

  it('is changed in what is given and stays as it is in the rest', async () => {
    await station.createTask('t', { schedule });
    const { client } = station;
    const changed = await client.tasks.update({ name: 't', policy: { kind: 'full-every', runs: 3 } });
    expect(changed.task).toMatchObject({ policy: { kind: 'full-every', runs: 3 }, schedule });
    expect(changed.next).toHaveLength(5);
    const byHand = await client.tasks.update({ name: 't', schedule: null });
    expect(byHand.task).not.toHaveProperty('schedule');
    expect(byHand.next).toEqual([]);
    expect(byHand.task.sources).toEqual(changed.task.sources);
    const zone = { ...schedule, timeZone: 'Mars/Olympus' };
    expect(await codeOf(client.tasks.update({ name: 't', schedule: zone }))).toBe('engine.unknown-time-zone');
  });

  it('keeps its passphrase where `true` is given back, takes another, and drops it', async () => {
    await station.createTask('t');
    const { client } = station;
    const source = {
      service: 'ZooKeeper',
      selection: { roots: ['/app'] },
      storage: 'disk',
      directory: 'sub',
      maximumCopies: 2,
      consent: true,
    };
    const update = (passphrase: string | true | undefined) =>
      client.tasks.update({ name: 't', sources: [{ ...source, ...(passphrase && { passphrase }) }] });
    expect(await codeOf(update(true))).toBe('secrets.passphrase-unknown');
    await update('first passphrase');
    const kept = await update(true);
    expect(kept.task.sources[0]).toMatchObject({ passphrase: true, directory: 'sub', maximumCopies: 2 });
    const point = await station.backup('t');
    expect(point.archives[0]).toMatchObject({ encrypted: true });
    expect(point.archives[0]?.path).toMatch(/^sub\//);
    const dropped = await update(undefined);
    expect(dropped.task.sources[0]).not.toHaveProperty('passphrase');
    const twice = client.tasks.update({ name: 't', sources: [source, source] });
    expect(await codeOf(twice)).toBe('general.invalid-input');
  });

  it('keeps its passphrases, and the vault nothing else, when a change or a new task is refused', async () => {
    const { client } = station;
    await station.addCluster('two', [server, server]);
    const source = { selection: {}, storage: 'disk', directory: '', maximumCopies: 2, consent: true };
    const sources = (first: string | true, second?: string | true) => [
      { ...source, service: 'ZooKeeper', passphrase: first },
      { ...source, service: 'ZooKeeper-2', ...(second && { passphrase: second }) },
    ];
    const task = { name: 't', cluster: 'two', policy: { kind: 'full' as const } };
    const both = await Promise.allSettled(
      ['first of one', 'first of the other'].map((passphrase) =>
        client.tasks.create({ ...task, sources: [{ ...source, service: 'ZooKeeper', passphrase }] }),
      ),
    );
    const refused = both.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(refused).toMatchObject([{ code: 'catalog.name-taken' }]);
    const { id } = (await client.tasks.show({ name: 't' })).task;
    const vault = openVault(join(station.dataDirectory, 'vault'), { now: () => new Date() });
    await vault.unlock({ type: 'keyfile', file: join(station.dataDirectory, '..', 'vault.key') });
    const ofTasks = async () => (await vault.list()).filter((each) => each.startsWith('archive-passphrase-'));
    expect(await ofTasks()).toEqual([`archive-passphrase-${id}-ZooKeeper`]);
    const known = new ArchivePassphrases(vault);
    const before = await known.all(id, 'ZooKeeper');
    const unknown = client.tasks.update({ name: 't', sources: sources('another one', true) });
    expect(await codeOf(unknown)).toBe('secrets.passphrase-unknown');
    expect(await known.all(id, 'ZooKeeper')).toEqual(before);
    const gone = client.tasks.update({ name: 't', sources: sources('another one', 'a second one') });
    await client.tasks.remove({ name: 't' });
    expect(await codeOf(gone)).toBe('catalog.no-task');
    expect(await known.current(id, 'ZooKeeper')).toBe(before[0]);
    expect(await ofTasks()).toHaveLength(1);
  });

  it('is cloned with its passphrase, paused where it has a schedule', async () => {
    await station.createTask('t', { schedule, sources: [{ roots: ['/app'] }] });
    const { client } = station;
    await client.tasks.seal({ name: 't', services: [], passphrase: 'a passphrase' });
    const { task } = await client.tasks.clone({ name: 't', as: 'copy' });
    const original = (await client.tasks.show({ name: 't' })).task;
    expect(task).toMatchObject({ name: 'copy', paused: true, schedule, sources: original.sources });
    expect(task.id).not.toBe(original.id);
    expect((await station.backup('copy')).archives[0]?.encrypted).toBe(true);
    expect(await codeOf(client.tasks.clone({ name: 't', as: 'copy' }))).toBe('catalog.name-taken');
  });

  it('is estimated by what is there and by what its last archive took', async () => {
    const { client } = station;
    await station.createTask('t', { sources: [{ roots: ['/app'], maximumCopies: 3 }] });
    const order = {
      cluster: 'zk',
      sources: [{ service: 'ZooKeeper', selection: { roots: ['/app'] }, maximumCopies: 3 }],
    };
    const estimate = async () => (await Array.fromAsync(await client.tasks.estimate(order)))[0];
    const before = await estimate();
    expect(before).toMatchObject({
      service: 'ZooKeeper',
      entries: 21,
      lines: [{ kind: 'znode', entries: 21 }],
    });
    expect(before).not.toHaveProperty('archiveBytes');
    const point = await station.backup('t');
    const size = point.archives[0]?.size ?? 0;
    const after = await estimate();
    expect(after).toMatchObject({
      archiveBytes: Math.round((size * 21) / 22),
      keptBytes: 3 * Math.round((size * 21) / 22),
      // The archive has the root as well.
      last: { point: point.id, bytes: size, entries: 22 },
    });
    expect(after?.milliseconds).toBeGreaterThanOrEqual(0);
  });

  it('says what its retention keeps and removes with another number of copies', async () => {
    await station.createTask('t', { sources: [{ roots: ['/app'] }] });
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.unshift((await station.backup('t')).id);
    const { client } = station;
    await client.points.pin({ point: ids[2] ?? '', pinned: true });
    const fates = async (maximumCopies?: number) => {
      const copies = maximumCopies === undefined ? [] : [{ service: 'ZooKeeper', maximumCopies }];
      const [preview] = await client.retention.preview({ task: 't', copies });
      return preview?.archives.map(({ point, fate }) => [ids.indexOf(point), fate]);
    };
    expect(await fates()).toEqual([
      [0, 'copy'],
      [1, 'copy'],
      [2, 'pinned'],
    ]);
    expect(await fates(1)).toEqual([
      [0, 'copy'],
      [1, 'removed'],
      [2, 'pinned'],
    ]);
    expect(await station.points()).toEqual(ids);
    const stranger = client.retention.preview({
      task: 't',
      copies: [{ service: 'Kafka', maximumCopies: 1 }],
    });
    expect(await codeOf(stranger)).toBe('engine.no-service');
  });
});

describe('the overview', () => {
  it('shows what is protected, the last good point, and what is overdue', async () => {
    const { client } = station;
    await station.addCluster('bare', [server, server]);
    const past = { start: '2020-01-01T00:00:00.000Z', every: 1, unit: 'days', timeZone: 'UTC' } as const;
    await station.createTask('t', { schedule: past });
    const point = await station.backup('t');
    const { clusters, running } = await client.overview.show({});
    expect(running).toEqual([]);
    const [bare, zk] = clusters;
    expect(bare).toMatchObject({ name: 'bare', tasks: [] });
    expect(bare?.services.map(({ tasks, lastGood }) => [tasks, lastGood])).toEqual([
      [[], undefined],
      [[], undefined],
    ]);
    const good = { point: point.id, at: point.created };
    expect(zk?.services).toMatchObject([{ service: 'ZooKeeper', tasks: ['t'], lastGood: good }]);
    expect(zk?.tasks).toMatchObject([
      { name: 't', lastGood: good, last: { id: point.id, state: 'succeeded' } },
    ]);
    expect(zk?.tasks[0]).not.toHaveProperty('overdueSince');
    expect(Date.parse(zk?.tasks[0]?.next ?? '')).toBeGreaterThan(Date.now());
  });
});

describe('changes', () => {
  it('of definitions, runs, points and the vault reach whoever watches', async () => {
    const { client } = station;
    const leaving = new AbortController();
    const stream = await client.system.changes({}, { signal: leaving.signal });
    const seen = new Set<Change['kind']>();
    const watching = (async () => {
      for await (const { kind } of stream) {
        seen.add(kind);
        if (seen.size === 7) return;
      }
    })();
    await station.createTask('t', { sources: [{ roots: ['/app'] }] });
    await station.backup('t');
    await client.clusters.update({ name: 'zk', readOnly: true });
    await client.keys.create({ name: 'k', file: join(folder, 'k.key'), purpose: 'sealing' });
    await station.addStorage('other', join(folder, 'other'));
    await watching;
    leaving.abort();
    expect([...seen].sort()).toEqual(['all', 'cluster', 'point', 'run', 'storage', 'task', 'vault']);
  });
});

describe('the vault', () => {
  it('that cannot be made or changed leaves no key file behind', async () => {
    const { client } = station;
    const path = join(folder, 'other.key');
    const protector = { kind: 'key-file', path } as const;
    expect(await codeOf(client.vault.init(protector))).toBe('secrets.vault-exists');
    expect(existsSync(path)).toBe(false);
    await using other = await Workstation.open();
    expect(await codeOf(other.client.vault.change({ protector, renewKey: false }))).toBe('secrets.no-vault');
    expect(existsSync(path)).toBe(false);
  });
});

describe('clusters that move to another installation', () => {
  const marks = { colour: 'teal', folder: 'east/one', description: 'The first one.' } as const;

  it('keep their marks and leave their secrets behind', async () => {
    const { client } = station;
    await client.clusters.update({ name: 'zk', ...marks });
    const document = await client.clusters.export({ names: ['zk'] });
    expect(JSON.stringify(document)).not.toContain(OPTIONS.password);
    expect(document.clusters[0]).toMatchObject({
      name: 'zk',
      ...marks,
      services: [{ secrets: ['password'] }],
    });
    await using other = await Workstation.open();
    const { added, needed } = await other.client.clusters.import({ clusters: document });
    expect(added).toMatchObject([{ name: 'zk', ...marks }]);
    expect(needed).toEqual([{ cluster: 'zk', service: 'ZooKeeper', secrets: ['password'] }]);
  });

  it('bring their secrets along under a passphrase, and work there', async () => {
    const { client } = station;
    const document = await client.clusters.export({ names: [], passphrase: 'for the journey' });
    expect(JSON.stringify(document)).not.toContain(OPTIONS.password);
    await using other = await Workstation.open();
    await other.initVault();
    const wrong = other.client.clusters.import({ clusters: document, passphrase: 'another one' });
    expect(await codeOf(wrong)).toBe('secrets.wrong-passphrase');
    const twice = [];
    for (let i = 0; i < 2; i++) {
      twice.push(await other.client.clusters.import({ clusters: document, passphrase: 'for the journey' }));
    }
    expect(twice.map(({ added }) => added[0]?.name)).toEqual(['zk', 'zk-2']);
    expect(twice.flatMap(({ needed }) => needed)).toEqual([]);
    const checks = await Array.fromAsync(await other.client.clusters.test({ name: 'zk-2' }));
    expect(checks.filter(({ result }) => result === 'failed')).toEqual([]);
  });

  it('come all or not at all', async () => {
    type Exported = ClusterExport['clusters'][number];
    const named = (name: string, services: Exported['services']): Exported => ({
      name,
      environment: 'test',
      readOnly: false,
      limits: { requestsInFlight: 32 },
      services,
    });
    const document = (...clusters: ClusterExport['clusters']): ClusterExport => ({
      format: EXPORT_FORMAT,
      written: '2026-06-01T10:00:00.000Z',
      clusters,
    });
    const options = { connectString: 'zk:2181' };
    const without = { source: 'zookeeper', service: 'ZooKeeper', options, secrets: [] };
    const sealed = { ...without, options: { ...options, ...OPTIONS } };
    await using other = await Workstation.open();
    const names = async () => (await other.client.clusters.list({})).map(({ name }) => name);
    const take = (clusters: ClusterExport) => other.client.clusters.import({ clusters });
    const twins = document(named('one', [without]), named('two', [without, without]));
    expect(await codeOf(take(twins))).toBe('general.invalid-input');
    const secret = document(named('one', [without]), named('two', [sealed]));
    expect(await codeOf(take(secret))).toBe('secrets.no-vault');
    expect(await names()).toEqual([]);
    await other.initVault();
    // Both find the name of the second one free.
    const both = await Promise.allSettled(
      ['a', 'b'].map((first) => take(document(named(first, [without]), named('same', [sealed])))),
    );
    const [won] = both.flatMap((each) => (each.status === 'fulfilled' ? [each.value.added] : []));
    const lost = both.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(lost).toMatchObject([{ code: 'catalog.name-taken' }]);
    expect(await names()).toEqual(won?.map(({ name }) => name));
  });

  it('cannot name a secret of the installation that takes them in', async () => {
    const { client } = station;
    const document = await client.clusters.export({ names: ['zk'] });
    const forged = structuredClone(document);
    const service = forged.clusters[0]?.services[0];
    Object.assign(service ?? {}, { options: { ...service?.options, password: { secret: 'archive-key-1' } } });
    expect(await codeOf(client.clusters.import({ clusters: forged }))).toBe('general.invalid-input');
    Object.assign(service ?? {}, { options: { ...service?.options, password: 'text', other: 1 } });
    expect(await codeOf(client.clusters.import({ clusters: forged }))).toBe('general.invalid-input');
  });
});
