import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openVault, type Vault } from '../../../main/secrets/vault.ts';
import { isSecretRef, type SecretRef } from '../../../shared/options/secrets.ts';
import { codeOf } from '../engine-backup/codes.ts';
import { Workstation } from '../engine-backup/workstation.ts';
import { optionsInCatalog } from './catalog-bodies.ts';

const TARGETS = [{ connectString: 'zk1:2181' }, { connectString: 'zk2:2181' }];
const OPTIONS = { auth: 'digest', user: 'backup', password: 'first secret' };

describe('a cluster that is changed', () => {
  let station: Workstation;

  beforeEach(async () => {
    station = await Workstation.open();
    await station.initVault();
    await station.addCluster('zk', TARGETS, OPTIONS);
  });

  afterEach(() => station[Symbol.asyncDispose]());

  /** What the catalog keeps of a service's options. */
  const stored = (service: string) => optionsInCatalog(station.dataDirectory, service);

  async function unlocked(): Promise<Vault> {
    const vault = openVault(join(station.dataDirectory, 'vault'), { now: () => new Date() });
    await vault.unlock({ type: 'keyfile', file: join(station.dataDirectory, '..', 'vault.key') });
    return vault;
  }

  /** The secret behind a reference, as the vault has it now. */
  const secret = async (ref: SecretRef) => (await unlocked()).get(ref);

  it('keeps what is not named: other options, other services, secrets', async () => {
    const before = { one: stored('ZooKeeper'), two: stored('ZooKeeper-2') };
    const changed = await station.client.clusters.update({
      name: 'zk',
      readOnly: true,
      limits: { objectsPerSecond: 50 },
      services: [{ service: 'ZooKeeper', options: { connectString: 'zk9:2181', sessionTimeout: '60' } }],
    });
    expect(changed).toMatchObject({
      environment: 'test',
      readOnly: true,
      limits: { requestsInFlight: 32, objectsPerSecond: 50 },
    });
    expect(stored('ZooKeeper')).toEqual({ ...before.one, connectString: 'zk9:2181', sessionTimeout: 60 });
    expect(stored('ZooKeeper-2')).toEqual(before.two);
    expect(await secret(before.one.password as SecretRef)).toBe('first secret');
  });

  it('lifts a limit that is null and keeps the other', async () => {
    const lifted = async (limits: { objectsPerSecond?: number | null; requestsInFlight?: number }) =>
      (await station.client.clusters.update({ name: 'zk', limits })).limits;
    expect(await lifted({ objectsPerSecond: 50 })).toEqual({ requestsInFlight: 32, objectsPerSecond: 50 });
    expect(await lifted({ requestsInFlight: 4 })).toEqual({ requestsInFlight: 4, objectsPerSecond: 50 });
    expect(await lifted({ objectsPerSecond: null })).toEqual({ requestsInFlight: 4 });
  });

  it('seals a new secret, forgets the one it replaces and shows neither', async () => {
    const before = stored('ZooKeeper').password as SecretRef;
    const services = [{ service: 'ZooKeeper', options: { password: 'second secret' } }];
    const changed = await station.client.clusters.update({ name: 'zk', services });
    expect(changed.services[0]?.options.password).toBe('***');
    const after = stored('ZooKeeper').password as SecretRef;
    expect(await secret(after)).toBe('second secret');
    await expect(secret(before)).rejects.toThrow();
    expect(readFileSync(join(station.dataDirectory, 'catalog.sqlite')).includes('second secret')).toBe(false);
  });

  it.each([
    ['another option', { sessionTimeout: 60 }],
    ['another secret', { cert: 'CERTIFICATE', key: 'PRIVATE KEY', ca: 'AUTHORITY' }],
    ['the same secret', { password: 'third secret' }],
  ])('keeps both of two changes that come at once, a secret and %s', async (_, options) => {
    const change = (changed: Readonly<Record<string, unknown>>) =>
      station.client.clusters.update({
        name: 'zk',
        services: [{ service: 'ZooKeeper', options: changed }],
      });
    await Promise.all([change({ password: 'second secret' }), change(options)]);
    const after = stored('ZooKeeper');
    const { key, password, ...plain } = { password: 'second secret', ...options } as Record<string, unknown>;
    expect(after).toMatchObject(plain);
    const vault = await unlocked();
    const kept = await vault.get(after.password as SecretRef);
    expect('password' in options ? ['second secret', 'third secret'] : [password]).toContain(kept);
    if (key !== undefined) expect(await vault.get(after.key as SecretRef)).toBe(key);
    const named = [after, stored('ZooKeeper-2')].flatMap((each) =>
      Object.values(each)
        .filter(isSecretRef)
        .map((ref) => ref.secret),
    );
    expect((await vault.list()).sort()).toEqual(named.sort());
  });

  it('loses the options that are null', async () => {
    const services = [{ service: 'ZooKeeper', options: { auth: 'none', user: null, password: null } }];
    await station.client.clusters.update({ name: 'zk', services });
    expect(stored('ZooKeeper')).toMatchObject({ auth: 'none' });
    expect(stored('ZooKeeper')).not.toHaveProperty('password');
    expect(stored('ZooKeeper')).not.toHaveProperty('user');
  });

  it.each([
    ['nobody', [], 'catalog.no-cluster'],
    ['zk', [{ service: 'Kafka', options: {} }], 'engine.no-service'],
    ['zk', [{ service: 'ZooKeeper', options: { speed: 'high' } }], 'general.invalid-input'],
    ['zk', [{ service: 'ZooKeeper', options: { connectString: null } }], 'general.invalid-input'],
  ])('%s with %j is refused and stays as it is', async (name, services, code) => {
    const before = stored('ZooKeeper');
    expect(await codeOf(station.client.clusters.update({ name, readOnly: true, services }))).toBe(code);
    expect(stored('ZooKeeper')).toEqual(before);
    expect((await station.client.clusters.show({ name: 'zk' })).readOnly).toBe(false);
  });

  it('takes services in and gives them up, with their secrets', async () => {
    const { clusters } = station.client;
    const service = {
      source: 'zookeeper',
      service: 'Third',
      options: { ...OPTIONS, connectString: 'zk3:2181' },
    };
    const added = await clusters.update({ name: 'zk', addServices: [service] });
    expect(added.services.map((each) => each.service)).toEqual(['ZooKeeper', 'ZooKeeper-2', 'Third']);
    const ref = stored('Third').password as SecretRef;
    expect(await secret(ref)).toBe('first secret');
    await clusters.update({ name: 'zk', removeServices: ['Third'] });
    await expect(secret(ref)).rejects.toMatchObject({ code: 'secrets.missing' });
    expect(await codeOf(clusters.update({ name: 'zk', removeServices: ['Third'] }))).toBe(
      'engine.no-service',
    );
  });

  it('keeps one service at least, one of each name, and those that a task backs up', async () => {
    const { clusters } = station.client;
    const twin = { source: 'zookeeper', service: 'ZooKeeper', options: { connectString: 'zk3:2181' } };
    expect(await codeOf(clusters.update({ name: 'zk', addServices: [twin] }))).toBe('general.invalid-input');
    const all = ['ZooKeeper', 'ZooKeeper-2'];
    expect(await codeOf(clusters.update({ name: 'zk', removeServices: all }))).toBe('general.invalid-input');
    await station.addStorage('disk', join(station.dataDirectory, '..', 'disk'));
    await station.createTask('t');
    expect(await codeOf(clusters.update({ name: 'zk', removeServices: ['ZooKeeper'] }))).toBe(
      'catalog.in-use',
    );
    const left = await clusters.update({ name: 'zk', removeServices: ['ZooKeeper-2'] });
    expect(left.services.map((each) => each.service)).toEqual(['ZooKeeper']);
    expect(await secret(stored('ZooKeeper').password as SecretRef)).toBe('first secret');
  });
});
