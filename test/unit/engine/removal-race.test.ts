import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EngineContext } from '../../../main/engine/context.ts';
import { addCluster, removeCluster, updateCluster } from '../../../main/engine/definitions/clusters.ts';
import { removeStorage, updateStorage } from '../../../main/engine/definitions/storages.ts';
import { systemClock } from '../../../main/engine/system-clock.ts';
import { createKeyFile } from '../../../main/secrets/key-file.ts';
import { sealOptions } from '../../../main/secrets/options.ts';
import { openVault, type Vault } from '../../../main/secrets/vault.ts';
import { findStorageDriver } from '../../../main/storages/registry.ts';
import { storage } from '../catalog/sample.ts';
import { temporaryCatalog, temporaryFolder } from '../catalog/temporary.ts';

const OPTIONS = { connectString: 'zk:2181', auth: 'digest', user: 'backup', password: 'first secret' };

/** What definitions need of an engine; the vault does `meanwhile` once, when it is next asked for its state. */
async function station() {
  const folder = temporaryFolder();
  const keyFile = join(folder, 'vault.key');
  await createKeyFile(keyFile);
  await mkdir(join(folder, 'vault'));
  const vault = openVault(join(folder, 'vault'), { now: () => new Date() });
  await vault.init({ type: 'keyfile', file: keyFile });
  let ids = 0;
  let meanwhile: (() => Promise<unknown>) | undefined;
  const { catalog } = temporaryCatalog();
  const surroundings = {
    clock: systemClock,
    randomHex: (bytes: number) => String(++ids).padStart(2 * bytes, '0'),
  };
  const direct = { catalog, vault, surroundings } as unknown as EngineContext;
  const asked = new Proxy(vault, {
    get: (target, member) => {
      const value: unknown = Reflect.get(target, member, target);
      if (typeof value !== 'function') return value;
      if (member !== 'state') return value.bind(target);
      return async () => {
        const work = meanwhile;
        meanwhile = undefined;
        await work?.();
        return target.state();
      };
    },
  }) as Vault;
  return {
    catalog,
    vault,
    direct,
    interrupted: { ...direct, vault: asked },
    meanwhile: (work: () => Promise<unknown>) => {
      meanwhile = work;
    },
  };
}

describe('what is removed while it is being changed', () => {
  it('leaves no secret of a cluster behind', async () => {
    const { catalog, vault, direct, interrupted, meanwhile } = await station();
    const services = [{ source: 'zookeeper', service: 'ZooKeeper', options: OPTIONS }];
    await addCluster(direct, { name: 'lab', environment: 'test', readOnly: false, services });
    const change = { service: 'ZooKeeper', options: { password: 'second secret' } };
    meanwhile(() => updateCluster(direct, { name: 'lab', services: [change] }));
    await removeCluster(interrupted, 'lab');
    expect(catalog.clusters.list()).toEqual([]);
    expect(await vault.list()).toEqual([]);
  });

  it('leaves no secret of a storage behind', async () => {
    const { catalog, vault, direct, interrupted, meanwhile } = await station();
    const driver = findStorageDriver('obs');
    const seal = (secretKey: string) =>
      sealOptions(driver.options, { ...storage(1).options, secretKey }, vault);
    catalog.storages.add({ ...storage(1), driver: 'obs', options: await seal('first') });
    // As `updateStorage` stores it, without the bucket that it would open first.
    meanwhile(async () =>
      catalog.storages.update({ ...catalog.storages.get(storage(1).id), options: await seal('second') }),
    );
    const before = await vault.list();
    await removeStorage(interrupted, storage(1).name);
    expect(catalog.storages.list()).toEqual([]);
    // The first one is the changer's to forget.
    expect(await vault.list()).toEqual(before);
    await expect(updateStorage(direct, storage(1).name, {})).rejects.toMatchObject({
      code: 'catalog.no-storage',
    });
  });
});
