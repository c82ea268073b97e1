import type { CheckResult } from '../../../shared/model/preflight.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import { redact } from '../../../shared/options/secrets.ts';
import { findStorageDriver } from '../../storages/registry.ts';
import { openStorage } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { renameStorage } from '../definitions/rename.ts';
import { addStorage, removeStorage, updateStorage } from '../definitions/storages.ts';
import { storageFill } from '../overview/storage-fill.ts';
import { probeStorage, validateOpen } from '../preflight/probe-storage.ts';
import { rescanStorage } from '../rescan/rescan.ts';
import type { Api } from './implement.ts';

export const storages = (engine: EngineContext, api: Api) => ({
  list: api.storages.list.handler(() => engine.catalog.storages.list().map(shown)),
  add: api.storages.add.handler(({ input, context: { signal } }) =>
    addStorage(engine, input, signal).then(shown),
  ),
  update: api.storages.update.handler(({ input: { name, options }, context: { signal } }) =>
    updateStorage(engine, name, options, signal).then(shown),
  ),
  rename: api.storages.rename.handler(async ({ input: { name, as }, context: { signal } }) => {
    const { renamed, untold } = await renameStorage(engine, name, as, signal);
    return { renamed: shown(renamed), untold: [...untold] };
  }),
  usage: api.storages.usage.handler(({ input, context: { signal } }) =>
    storageFill(engine, engine.catalog.storages.byName(input.name), signal),
  ),
  remove: api.storages.remove.handler(async ({ input }) => {
    await removeStorage(engine, input.name);
    return {};
  }),
  validate: api.storages.validate.handler(async function* ({ input, context: { signal } }) {
    yield* validate(engine, input.name, signal);
  }),
  probe: api.storages.probe.handler(async function* ({ input, context: { signal } }) {
    const saved = input.storage === undefined ? undefined : engine.catalog.storages.byName(input.storage);
    yield* probeStorage(engine, saved, input, signal);
  }),
  rescan: api.storages.rescan.handler(async ({ input, context: { signal } }) => {
    const config = engine.catalog.storages.byName(input.name);
    return rescanStorage(engine, config, signal);
  }),
});

async function* validate(
  engine: EngineContext,
  name: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<CheckResult> {
  const storage = await openStorage(engine, engine.catalog.storages.byName(name), signal);
  try {
    yield* validateOpen(engine, storage, name, signal);
  } finally {
    await storage.close();
  }
}

/** As it may leave the engine: secrets, references to them included, read `***`. */
function shown(config: StorageConfig): StorageConfig {
  return { ...config, options: redact(findStorageDriver(config.driver).options, config.options) };
}
