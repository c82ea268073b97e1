import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
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

/** A source of a task that is changed; `true`: the passphrase that the vault has stays. */
export type ChangedTaskSource = Omit<NewTaskSource, 'passphrase'> & {
  readonly passphrase?: string | true | undefined;
};

/** What changes in a task: what is not given stays. */
export interface TaskChange {
  readonly name: string;
  /** Null: only by hand. */
  readonly schedule?: Schedule | null | undefined;
  readonly policy?: Policy | undefined;
  readonly sources?: readonly ChangedTaskSource[] | undefined;
}

/** Validates and keeps a task; its passphrases go into the vault. @throws HoldfastError `engine.consent-needed` and those of the lookups */
export async function createTask(context: EngineContext, wish: NewTask): Promise<Task> {
  const cluster = context.catalog.clusters.byName(wish.cluster);
  if (wish.schedule !== undefined) validateTimeZone(wish.schedule.timeZone);
  const sources = await taskSources(context, cluster, wish.sources);
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
  return withPassphrases(context, task.id, wish.sources, () => {
    context.catalog.tasks.add(task);
    return task;
  });
}

/**
 * Changes a task. The run that is under way goes on as it began; what lies in storages that are no longer named stays.
 * @throws HoldfastError `catalog.no-task`, `engine.consent-needed`, `secrets.passphrase-unknown` and those of the lookups
 */
export async function updateTask(context: EngineContext, change: TaskChange): Promise<Task> {
  const { catalog, passphrases } = context;
  const { id, cluster } = catalog.tasks.byName(change.name);
  if (change.schedule) validateTimeZone(change.schedule.timeZone);
  const sources =
    change.sources && (await taskSources(context, catalog.clusters.get(cluster), change.sources));
  for (const { service, passphrase } of change.sources ?? []) {
    if (passphrase === true) await passphrases.current(id, service);
  }
  return withPassphrases(context, id, change.sources ?? [], () =>
    catalog.transaction(() => {
      const { schedule: before, ...task } = catalog.tasks.get(id);
      const schedule = change.schedule === undefined ? before : change.schedule;
      const changed: Task = {
        ...task,
        ...(schedule ? { schedule } : {}),
        policy: change.policy ?? task.policy,
        sources: sources ?? task.sources,
      };
      catalog.tasks.update(changed);
      return changed;
    }),
  );
}

/** Keeps a task like another one, with its passphrases. One with a schedule begins paused. */
export async function cloneTask(context: EngineContext, name: string, as: string): Promise<Task> {
  const { catalog, passphrases, surroundings } = context;
  const original = catalog.tasks.byName(name);
  const { folder: _, ...alike } = original;
  refuseTakenName(context, as);
  const clone: Task = {
    ...alike,
    id: surroundings.randomHex(8),
    name: as,
    paused: original.schedule !== undefined,
    created: surroundings.clock.now().toISOString(),
  };
  const sealed: SealedService[] = [];
  for (const { service, passphrase } of original.sources) {
    if (passphrase === true)
      sealed.push({ service, passphrase: await passphrases.current(original.id, service) });
  }
  return withPassphrases(context, clone.id, sealed, () => {
    catalog.tasks.add(clone);
    return clone;
  });
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
  const wishes = [...sealed].map((service) => ({ service, passphrase }));
  return withPassphrases(context, id, wishes, () =>
    context.catalog.transaction(() => {
      const task = context.catalog.tasks.get(id);
      const changed: Task = {
        ...task,
        sources: task.sources.map((source) =>
          sealed.has(source.service) ? { ...source, passphrase: true } : source,
        ),
      };
      context.catalog.tasks.update(changed);
      return changed;
    }),
  );
}

/** A service's passphrase, where it is another than it was. */
type SealedService = Pick<ChangedTaskSource, 'service' | 'passphrase'>;

/**
 * Puts a task's passphrases into the vault, then does the work: a task whose passphrase is lost would seal nothing.
 * When it fails, those before are in use as they were.
 */
async function withPassphrases<T>(
  { passphrases }: EngineContext,
  task: string,
  services: readonly SealedService[],
  work: () => T,
): Promise<T> {
  const undo: (() => Promise<void>)[] = [];
  try {
    for (const { service, passphrase } of services) {
      if (typeof passphrase === 'string') undo.push(await passphrases.set(task, service, passphrase));
    }
    return work();
  } catch (error) {
    for (const each of undo) await each();
    throw error;
  }
}

function refuseTakenName({ catalog }: EngineContext, name: string): void {
  if (catalog.tasks.findByName(name) === undefined) return;
  throw new HoldfastError('catalog.name-taken', { what: 'task', name });
}

async function taskSources(
  context: EngineContext,
  cluster: Cluster,
  wishes: readonly ChangedTaskSource[],
): Promise<TaskSource[]> {
  const services = wishes.map((source) => source.service);
  if (new Set(services).size < services.length) {
    throw new HoldfastError('general.invalid-input', {
      what: detail('the-task'),
      problem: detail('service-twice'),
    });
  }
  const sources: TaskSource[] = [];
  for (const wish of wishes) sources.push(await taskSource(context, cluster, wish));
  return sources;
}

async function taskSource(
  context: EngineContext,
  cluster: Cluster,
  wish: ChangedTaskSource,
): Promise<TaskSource> {
  const service = findService(cluster, wish.service);
  const driver = findSourceDriver(service.source);
  const { key, passphrase, signer, ...rest } = wish;
  const sealed = key !== undefined || passphrase !== undefined;
  refuseExposure(driver, wish.service, { sealed, consent: wish.consent });
  // Whatever it names must be there.
  await protectionOf(context, { key, signer });
  return {
    ...rest,
    selection: parseOptions(driver.selection, wish.selection, wish.service) as JsonObject,
    storage: context.catalog.storages.byName(wish.storage).id,
    ...(key === undefined ? {} : { key }),
    ...(passphrase === undefined ? {} : { passphrase: true as const }),
    ...(signer === undefined ? {} : { signer }),
  };
}
