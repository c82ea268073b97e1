import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import type { JsonObject } from '../../../shared/model/entry.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import type { Policy, Schedule, Task, TaskSource } from '../../../shared/model/task.ts';
import { parseOptions, type RawOptions } from '../../../shared/options/parse.ts';
import { findSourceDriver } from '../../sources/registry.ts';
import { type ProtectionWish, protectionOf } from '../backup/protection.ts';
import { refuseExposure } from '../backup/sensitive-kinds.ts';
import { findService } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { validateTimeZone } from '../schedule/time-zone.ts';

export interface NewTaskSource
  extends Pick<TaskSource, 'service' | 'directory' | 'maximumCopies' | 'consent'>,
    ProtectionWish {
  readonly selection: RawOptions;
  /** Name of the storage. */
  readonly storage: string;
}

export interface NewTask {
  readonly name: string;
  /** Name of the cluster. */
  readonly cluster: string;
  readonly schedule?: Schedule | undefined;
  readonly policy: Policy;
  readonly sources: readonly NewTaskSource[];
}

/** The storage that a source of the task writes to. @throws HoldfastError `engine.storage-unknown`, `catalog.no-storage` */
export function storageOfTask({ catalog }: EngineContext, task: Task, source: TaskSource): StorageConfig {
  const { service, storage, unknownStorage } = source;
  if (unknownStorage === undefined) return catalog.storages.get(storage);
  const { name, driver } = unknownStorage;
  throw new HoldfastError('engine.storage-unknown', { service, task: task.name, storage: name, driver });
}

/** Validates and keeps a task; its passphrases go into the vault. @throws HoldfastError `engine.consent-needed` and those of the lookups */
export async function createTask(context: EngineContext, wish: NewTask): Promise<Task> {
  const cluster = context.catalog.clusters.byName(wish.cluster);
  if (wish.schedule !== undefined) validateTimeZone(wish.schedule.timeZone);
  const services = wish.sources.map((source) => source.service);
  if (new Set(services).size < services.length) {
    throw new HoldfastError('general.invalid-input', {
      what: 'The task',
      problem: 'it names a service twice',
    });
  }
  const sources: TaskSource[] = [];
  for (const source of wish.sources) sources.push(await taskSource(context, cluster, source));
  const task: Task = {
    id: context.surroundings.randomHex(8),
    name: wish.name,
    cluster: cluster.id,
    ...(wish.schedule === undefined ? {} : { schedule: wish.schedule }),
    policy: wish.policy,
    sources,
    paused: false,
    created: context.surroundings.clock.now().toISOString(),
  };
  refuseTakenName(context, wish.name);
  // First the vault: a task whose passphrase is lost would seal nothing, a passphrase without its task harms nobody.
  for (const { service, passphrase } of wish.sources) {
    if (passphrase !== undefined) await context.passphrases.set(task.id, service, passphrase);
  }
  context.catalog.tasks.add(task);
  return task;
}

/**
 * Seals the archives to come of these services, of all when none is named, by a passphrase. The archives before open
 * as before.
 * @throws HoldfastError `catalog.no-task`, `engine.no-service`
 */
export async function sealTask(
  context: EngineContext,
  name: string,
  services: readonly string[],
  passphrase: string,
): Promise<Task> {
  const { id, sources } = context.catalog.tasks.byName(name);
  const known = sources.map(({ service }) => service);
  const stranger = services.find((service) => !known.includes(service));
  if (stranger !== undefined) {
    throw new HoldfastError('engine.no-service', { where: name, service: stranger, known: known.join(', ') });
  }
  const sealed = new Set(services.length === 0 ? known : services);
  for (const service of sealed) await context.passphrases.set(id, service, passphrase);
  return context.catalog.transaction(() => {
    const task = context.catalog.tasks.get(id);
    const changed: Task = {
      ...task,
      sources: task.sources.map((source) =>
        sealed.has(source.service) ? { ...source, passphrase: true } : source,
      ),
    };
    context.catalog.tasks.update(changed);
    return changed;
  });
}

function refuseTakenName({ catalog }: EngineContext, name: string): void {
  if (catalog.tasks.findByName(name) === undefined) return;
  throw new HoldfastError('catalog.name-taken', { what: 'task', name });
}

async function taskSource(
  context: EngineContext,
  cluster: Cluster,
  wish: NewTaskSource,
): Promise<TaskSource> {
  const service = findService(cluster, wish.service);
  const driver = findSourceDriver(service.source);
  const { key, passphrase, signer, ...rest } = wish;
  const sealed = key !== undefined || passphrase !== undefined;
  refuseExposure(driver, wish.service, { sealed, consent: wish.consent });
  // Whatever it names must be there.
  await protectionOf(context, wish);
  return {
    ...rest,
    selection: parseOptions(driver.selection, wish.selection, wish.service) as JsonObject,
    storage: context.catalog.storages.byName(wish.storage).id,
    ...(key === undefined ? {} : { key }),
    ...(passphrase === undefined ? {} : { passphrase: true as const }),
    ...(signer === undefined ? {} : { signer }),
  };
}
