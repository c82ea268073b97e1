import { untilAborted, withSignal } from '../../shared/abort.ts';
import { HoldfastError } from '../../shared/errors/error.ts';
import type { Cluster, ClusterService } from '../../shared/model/cluster.ts';
import type { StorageConfig } from '../../shared/model/storage.ts';
import { parseOptions, type RawOptions } from '../../shared/options/parse.ts';
import { openOptions } from '../secrets/options.ts';
import type { SourceConnection, SourceContext, SourceDriver } from '../sources/contract.ts';
import { findSourceDriver } from '../sources/registry.ts';
import type { Storage } from '../storages/contract.ts';
import { findStorageDriver } from '../storages/registry.ts';
import { withLimit } from '../storages/with/limit.ts';
import { withLog } from '../storages/with/log.ts';
import { type RetryContext, retryCalls, withRetry } from '../storages/with/retry.ts';
import type { EngineContext } from './context.ts';
import type { OpenService } from './open-service.ts';

const REQUESTS_PER_STORAGE = 8;
const DELAYS = { firstDelay: 200, longestDelay: 5000 };
/** Milliseconds. Whoever enters an address waits for the answer. */
const PATIENCE_OF_OPENING = 10_000;
/** Milliseconds. Hours of work may hang on a call: a service that restarts or asks to slow down is waited for. */
const PATIENCE = 60_000;

/** Opens a storage that is configured; its secrets are resolved here and nowhere else. The caller closes it. */
export async function openStorage(
  context: EngineContext,
  config: StorageConfig,
  signal?: AbortSignal,
): Promise<Storage> {
  const schema = findStorageDriver(config.driver).options;
  const options = await openOptions(schema, config.options, context.vault);
  return openStorageWith(context, { name: config.name, driver: config.driver, options }, signal);
}

/** A storage with its secrets in the clear. */
export interface PlainStorage {
  /** What logs call it. */
  readonly name: string;
  readonly driver: string;
  readonly options: RawOptions;
}

/** Opens a storage from options that were never saved, or whose secrets were just resolved. */
export async function openStorageWith(
  context: EngineContext,
  plain: PlainStorage,
  signal?: AbortSignal,
): Promise<Storage> {
  const driver = findStorageDriver(plain.driver);
  const { clock, randomHex } = context.surroundings;
  const options = parseOptions(driver.options, plain.options, driver.label.en);
  const retrying = retryContext(context);
  const retries = { ...DELAYS, patience: PATIENCE };
  const opening = retryCalls({ ...DELAYS, patience: PATIENCE_OF_OPENING }, retrying);
  const storage = await opening(
    () =>
      driver.connect(options, {
        now: () => clock.now(),
        randomHex,
        retry: retryCalls(retries, retrying),
        ...withSignal(signal),
      }),
    signal,
  );
  const logged = withLog(storage, plain.name, context.storageLog, () => clock.elapsed());
  return withRetry(withLimit(logged, REQUESTS_PER_STORAGE), retries, retrying);
}

function retryContext({ surroundings: { clock, random } }: EngineContext): RetryContext {
  return {
    random,
    elapsed: () => clock.elapsed(),
    sleep: (milliseconds, signal) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const cancel = clock.after(milliseconds, resolve);
      return untilAborted(promise, signal).finally(cancel);
    },
  };
}

/** Runs the work with an open storage and closes it whatever happens. */
export async function usingStorage<T>(
  context: EngineContext,
  config: StorageConfig,
  signal: AbortSignal | undefined,
  work: (storage: Storage) => Promise<T>,
): Promise<T> {
  const storage = await openStorage(context, config, signal);
  try {
    return await work(storage);
  } finally {
    await storage.close();
  }
}

/** Opens a cluster's service within the cluster's load limits. The caller closes the connection. */
export async function openService(
  context: EngineContext,
  cluster: Cluster,
  name: string | undefined,
  signal?: AbortSignal,
): Promise<OpenService> {
  const service = findService(cluster, name);
  const driver = findSourceDriver(service.source);
  const options = await openOptions(driver.options, service.options, context.vault);
  const access = { gate: context.load.gate(cluster), ...(await context.tunnels.way(cluster, signal)) };
  const connection = await connectSource(context, driver, options, access, signal);
  return { service, driver, connection, dataSource: dataSourceName(cluster, service, driver) };
}

function dataSourceName(cluster: Cluster, { source, service }: ClusterService, driver: SourceDriver): string {
  const several = cluster.services.filter((each) => each.source === source).length > 1;
  return several ? `${driver.dataSource}-${service}` : driver.dataSource;
}

/** How a source gets to its service, and how much it may ask of it. */
export type ServiceAccess = Pick<SourceContext, 'gate' | 'dial'>;

/** Opens a service from options that were never saved, or that were just resolved. */
export async function connectSource(
  context: EngineContext,
  driver: SourceDriver,
  raw: RawOptions,
  access: ServiceAccess,
  signal?: AbortSignal,
): Promise<SourceConnection> {
  const options = parseOptions(driver.options, raw, driver.label.en);
  const { clock, random } = context.surroundings;
  return driver.connect(options, {
    now: () => clock.now(),
    random,
    ...access,
    ...withSignal(signal),
  });
}

/** Runs the work with an open service and closes it whatever happens. */
export async function usingService<T>(
  context: EngineContext,
  cluster: Cluster,
  name: string | undefined,
  signal: AbortSignal | undefined,
  work: (open: OpenService) => Promise<T>,
): Promise<T> {
  const open = await openService(context, cluster, name, signal);
  try {
    return await work(open);
  } finally {
    await open.connection.close();
  }
}

/** The service of that name; without a name, the only one. */
export function findService(cluster: Cluster, name: string | undefined): ClusterService {
  const known = cluster.services.map((service) => service.service).join(', ');
  if (name === undefined) {
    const [only, second] = cluster.services;
    if (only !== undefined && second === undefined) return only;
    throw new HoldfastError('engine.service-needed', { where: cluster.name, known });
  }
  const found = cluster.services.find((service) => service.service === name);
  if (found !== undefined) return found;
  throw new HoldfastError('engine.no-service', { where: cluster.name, service: name, known });
}
