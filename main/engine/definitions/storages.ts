import { isDeepStrictEqual } from 'node:util';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import { parseOptions, type RawOptions } from '../../../shared/options/parse.ts';
import { forgetOptions, refuseLocked, sealOptions } from '../../secrets/options.ts';
import { findStorageDriver } from '../../storages/registry.ts';
import { usingStorage } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { type ChangedOptions, changeOptions } from './changed-options.ts';

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
    context.catalog.storages.add(config);
  } catch (error) {
    await forgetOptions(driver.options, config.options, context.vault);
    throw error;
  }
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
  // An attempt that comes to nothing let another change through: so somebody always gets on.
  for (;;) {
    const updated = await attemptChange(context, name, wish, signal);
    if (updated !== undefined) return updated;
  }
}

/** Undefined, and nothing is changed, when another change of the same options was faster. */
async function attemptChange(
  context: EngineContext,
  name: string,
  wish: RawOptions,
  signal: AbortSignal | undefined,
): Promise<StorageConfig | undefined> {
  const { storages } = context.catalog;
  const before = storages.byName(name);
  const schema = findStorageDriver(before.driver).options;
  const isOutrun = () => !isDeepStrictEqual(storages.find(before.id)?.options, before.options);
  let changed: ChangedOptions | undefined;
  let updated: StorageConfig;
  try {
    changed = await changeOptions({ schema, before: before.options, wish, what: name }, context.vault);
    updated = { ...before, options: changed.options };
    await usingStorage(context, updated, signal, (storage) => storage.usage(signal));
    if (isOutrun()) throw new Error('the options were changed meanwhile');
    // It may have got another name meanwhile.
    updated = { ...storages.get(before.id), options: changed.options };
    storages.update(updated);
  } catch (error) {
    const outrun = isOutrun();
    await changed?.undone();
    if (outrun) return undefined;
    throw error;
  }
  await changed.replaced();
  return updated;
}

/** Forgets a storage and its secrets; the archives in it stay. @throws HoldfastError `catalog.in-use`, `secrets.locked` */
export async function removeStorage(context: EngineContext, name: string): Promise<void> {
  const { catalog, vault } = context;
  const { id, driver } = catalog.storages.byName(name);
  const schema = findStorageDriver(driver).options;
  await refuseLocked(schema, catalog.storages.get(id).options, vault);
  // Only now: a change that was stored while the vault was asked has brought secrets of its own.
  const { options } = catalog.storages.get(id);
  catalog.storages.remove(id);
  await forgetOptions(schema, options, vault);
}
