import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import type { JsonObject } from '../../../shared/model/entry.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import type { Policy, Schedule, Task, TaskSource } from '../../../shared/model/task.ts';
import { parseOptions, type RawOptions } from '../../../shared/options/parse.ts';
import { findSourceDriver } from '../../sources/registry.ts';
import { refuseExposure } from '../backup/sensitive-kinds.ts';
import { findService } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { validateTimeZone } from '../schedule/time-zone.ts';

export interface NewTaskSource extends Omit<TaskSource, 'selection' | 'storage' | 'unknownStorage' | 'key'> {
  readonly selection: RawOptions;
  /** Name of the storage. */
  readonly storage: string;
  readonly key?: string | undefined;
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

/** Validates and keeps a task. @throws HoldfastError `engine.consent-needed` and those of the lookups */
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
  context.catalog.tasks.add(task);
  return task;
}

async function taskSource(
  context: EngineContext,
  cluster: Cluster,
  wish: NewTaskSource,
): Promise<TaskSource> {
  const service = findService(cluster, wish.service);
  const driver = findSourceDriver(service.source);
  refuseExposure(driver, wish.service, wish);
  const { key, ...rest } = wish;
  if (key !== undefined) await context.keys.secret(key);
  return {
    ...rest,
    selection: parseOptions(driver.selection, wish.selection, wish.service) as JsonObject,
    storage: context.catalog.storages.byName(wish.storage).id,
    ...(key === undefined ? {} : { key }),
  };
}
