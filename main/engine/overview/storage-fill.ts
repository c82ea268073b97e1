import { untilAborted } from '../../../shared/abort.ts';
import type { StorageFill } from '../../../shared/model/overview.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import type { Usage } from '../../storages/contract.ts';
import { findStorageDriver } from '../../storages/registry.ts';
import { usingStorage } from '../connections.ts';
import type { EngineContext } from '../context.ts';

/** Milliseconds. Whoever looks at everything does not wait for the slowest storage. */
const PATIENCE = 1500;

/** How full every storage is, as far as each tells it in time. */
export function storageFills(context: EngineContext, signal?: AbortSignal): Promise<StorageFill[]> {
  const contents = context.catalog.points.contents();
  return Promise.all(
    context.catalog.storages
      .list()
      .map(async (config) => fillOf(config, await spaceInTime(context, config, signal), contents)),
  );
}

/** How full a storage is. @throws HoldfastError `storage.*` */
export async function storageFill(
  context: EngineContext,
  config: StorageConfig,
  signal?: AbortSignal,
): Promise<StorageFill> {
  const usage = await usingStorage(context, config, signal, (storage) => storage.usage(signal));
  return fillOf(config, usage, context.catalog.points.contents());
}

function fillOf(
  { id, name, driver }: StorageConfig,
  { total, free }: Usage,
  contents: ReturnType<EngineContext['catalog']['points']['contents']>,
): StorageFill {
  const { archives, bytes } = contents.get(id) ?? { archives: 0, bytes: 0 };
  return {
    id,
    name,
    driver,
    ...(total === undefined ? {} : { total }),
    ...(free === undefined ? {} : { free }),
    archives,
    archiveBytes: bytes,
  };
}

/** Empty when the storage cannot tell, cannot be reached, or takes too long. */
async function spaceInTime(
  context: EngineContext,
  config: StorageConfig,
  signal: AbortSignal | undefined,
): Promise<Usage> {
  if (findStorageDriver(config.driver).capabilities.reportsSpace !== true) return {};
  const late = new AbortController();
  const cancel = context.surroundings.clock.after(PATIENCE, () => late.abort());
  const stop = signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]);
  try {
    return await untilAborted(
      usingStorage(context, config, stop, (storage) => storage.usage(stop)),
      stop,
    );
  } catch {
    signal?.throwIfAborted();
    return {};
  } finally {
    cancel();
  }
}
