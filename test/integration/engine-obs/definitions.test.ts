import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openCatalog } from '../../../main/catalog/open.ts';
import { openVault, type Vault } from '../../../main/secrets/vault.ts';
import { isSecretRef, type SecretRef } from '../../../shared/options/secrets.ts';
import { startVersitygw, type VersitygwServer } from '../../servers/versitygw.ts';
import { obsOptions } from '../../storages/obs-bucket.ts';
import { Workstation } from '../engine-backup/workstation.ts';

describe('a storage with secrets', () => {
  let gateway: VersitygwServer;
  let station: Workstation;

  beforeAll(async () => {
    gateway = await startVersitygw();
    await gateway.createBucket('one');
  });

  afterAll(() => gateway?.[Symbol.asyncDispose]());

  beforeEach(async () => {
    station = await Workstation.open();
    await station.initVault();
  });

  afterEach(() => station[Symbol.asyncDispose]());

  const add = () =>
    station.client.storages.add({ name: 'bucket', driver: 'obs', options: obsOptions(gateway, 'one') });

  async function unlocked(): Promise<Vault> {
    const vault = openVault(join(station.dataDirectory, 'vault'), { now: () => new Date() });
    await vault.unlock({ type: 'keyfile', file: join(station.dataDirectory, '..', 'vault.key') });
    return vault;
  }

  /** What the catalog keeps of its options, once the engine has ended. */
  async function stored(): Promise<Readonly<Record<string, unknown>>> {
    await station.close();
    const catalog = openCatalog(join(station.dataDirectory, 'catalog.sqlite'));
    try {
      return catalog.storages.byName('bucket').options;
    } finally {
      catalog.close();
    }
  }

  const secretsOf = (options: Readonly<Record<string, unknown>>) =>
    Object.values(options)
      .filter(isSecretRef)
      .map(({ secret }) => secret)
      .sort();

  it('keeps both of two changes that come at once', async () => {
    await add();
    const change = (options: Readonly<Record<string, unknown>>) =>
      station.client.storages.update({ name: 'bucket', options });
    await Promise.all([change({ secretKey: gateway.root.secretKey }), change({ prefix: 'below' })]);
    const options = await stored();
    expect(options).toMatchObject({ prefix: 'below' });
    const vault = await unlocked();
    expect(await vault.get(options.secretKey as SecretRef)).toBe(gateway.root.secretKey);
    expect((await vault.list()).sort()).toEqual(secretsOf(options));
  });

  it('leaves no secret behind when its name was taken while it was opened', async () => {
    const both = await Promise.allSettled([add(), add()]);
    const refused = both.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(refused).toMatchObject([{ code: 'catalog.name-taken' }]);
    const options = await stored();
    expect((await (await unlocked()).list()).sort()).toEqual(secretsOf(options));
  });
});
