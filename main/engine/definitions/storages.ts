import { HoldfastError } from '../../../shared/errors/error.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import { parseOptions, type RawOptions } from '../../../shared/options/parse.ts';
import { forgetOptions, refuseLocked, sealOptions } from '../../secrets/options.ts';
import { findStorageDriver } from '../../storages/registry.ts';
import { usingStorage } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { changeOptions } from './changed-options.ts';

export interface NewStorage {
  readonly name: string;
  readonly driver: string;
  /** Secrets in the clear, for the last time. */
  readonly options: RawOptions;
}

/** Validates a storage's options, opens it once, puts its secrets into the vault and keeps the rest. */
export async function addStorage(
  context: EngineContext,
  wish: NewStorage,
  signal?: AbortSignal,
): Promise<StorageConfig> {
  if (context.catalog.storages.findByName(wish.name) !== undefined) {
    throw new HoldfastError('catalog.name-taken', { what: 'storage', name: wish.name });
  }
  const driver = findStorageDriver(wish.driver);
  const options = parseOptions(driver.options, wish.options, wish.name);
  const config: StorageConfig = {
    id: context.surroundings.randomHex(8),
    name: wish.name,
    driver: driver.id,
    options: await sealOptions(driver.options, options, context.vault),
    created: context.surroundings.clock.now().toISOString(),
  };
  try {
    await usingStorage(context, config, signal, (storage) => storage.usage(signal));
  } catch (error) {
    await forgetOptions(driver.options, config.options, context.vault);
    throw error;
  }
  context.catalog.storages.add(config);
  return config;
}

/**
 * Changes a storage's options; it is opened once with them. What lies where it was stays there.
 * @throws HoldfastError `catalog.no-storage`, `general.invalid-input`, `storage.*`: then nothing is changed
 */
export async function updateStorage(
  context: EngineContext,
  name: string,
  wish: RawOptions,
  signal?: AbortSignal,
): Promise<StorageConfig> {
  const { storages } = context.catalog;
  const { id, driver, options: before } = storages.byName(name);
  const schema = findStorageDriver(driver).options;
  const changed = await changeOptions({ schema, before, wish, what: name }, context.vault);
  let updated: StorageConfig;
  try {
    await usingStorage(context, { ...storages.get(id), options: changed.options }, signal, (storage) =>
      storage.usage(signal),
    );
    updated = { ...storages.get(id), options: changed.options };
    storages.update(updated);
  } catch (error) {
    await changed.undone();
    throw error;
  }
  await changed.replaced();
  return updated;
}

/** Forgets a storage and its secrets; the archives in it stay. @throws HoldfastError `catalog.in-use`, `secrets.locked` */
export async function removeStorage(context: EngineContext, name: string): Promise<void> {
  const config = context.catalog.storages.byName(name);
  const schema = findStorageDriver(config.driver).options;
  await refuseLocked(schema, config.options, context.vault);
  context.catalog.storages.remove(config.id);
  await forgetOptions(schema, config.options, context.vault);
}
