import { isDeepStrictEqual } from 'node:util';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import { type Cluster, type ClusterService, defaultLimits } from '../../../shared/model/cluster.ts';
import { tunnelOptions } from '../../../shared/model/tunnel.ts';
import { parseOptions, type RawOptions } from '../../../shared/options/parse.ts';
import { forgetOptions, refuseLocked, sealOptions } from '../../secrets/options.ts';
import { findSourceDriver } from '../../sources/registry.ts';
import { findService } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { TUNNEL, tunnelSettings } from '../tunnel/settings.ts';
import { type ChangedOptions, changeOptions } from './changed-options.ts';
import { type ChangedTunnel, changeTunnel } from './changed-tunnel.ts';

/** A cluster as a person describes it: options hold secrets in the clear, for the last time. */
export type NewCluster = Pick<Cluster, 'name' | 'environment' | 'readOnly' | 'services'> & {
  readonly limits?: Cluster['limits'] | undefined;
  readonly tunnel?: Cluster['tunnel'];
} & { readonly [mark in Mark]?: Cluster[mark] | undefined };

/** What people know a cluster by. */
type Mark = 'colour' | 'folder' | 'description';

/** What changes in a cluster. What is not given stays. */
export interface ClusterChange {
  readonly name: string;
  readonly environment?: Cluster['environment'] | undefined;
  readonly readOnly?: boolean | undefined;
  /** Null takes it away; so for the two below. */
  readonly colour?: Cluster['colour'] | null | undefined;
  readonly folder?: Cluster['folder'] | null | undefined;
  readonly description?: Cluster['description'] | null | undefined;
  /** Merged with the options that it has; null does without a tunnel. */
  readonly tunnel?: RawOptions | null | undefined;
  /** Null lifts the limit. */
  readonly limits?:
    | {
        readonly requestsInFlight?: number | undefined;
        readonly objectsPerSecond?: number | null | undefined;
      }
    | undefined;
  readonly services?:
    | readonly {
        readonly service: string;
        /** Secrets in the clear, for the last time; null takes an option away. */
        readonly options: RawOptions;
      }[]
    | undefined;
  readonly addServices?: readonly ClusterService[] | undefined;
  readonly removeServices?: readonly string[] | undefined;
}

/** Validates a cluster's options, puts their secrets into the vault and keeps the rest. */
export function addCluster(context: EngineContext, wish: NewCluster): Promise<Cluster> {
  const { tunnel, services } = wish;
  return keepCluster(context, {
    ...wish,
    services: services.map(parseService),
    tunnel: tunnel && parseTunnel(tunnel),
  });
}

/** Keeps a cluster whose options were checked as far as they can be. @throws HoldfastError `catalog.name-taken` */
export async function keepCluster(context: EngineContext, wish: NewCluster): Promise<Cluster> {
  refuseTwins(wish.services);
  if (context.catalog.clusters.findByName(wish.name) !== undefined) {
    throw new HoldfastError('catalog.name-taken', { what: 'cluster', name: wish.name });
  }
  const services: ClusterService[] = [];
  let tunnel: Cluster['tunnel'];
  try {
    tunnel = wish.tunnel && (await sealOptions(tunnelOptions, wish.tunnel, context.vault));
    for (const service of wish.services) services.push(await sealService(context, service));
    const cluster: Cluster = {
      id: context.surroundings.randomHex(8),
      name: wish.name,
      environment: wish.environment,
      readOnly: wish.readOnly,
      ...withMarks({}, wish),
      limits: wish.limits ?? defaultLimits(wish.environment),
      ...(tunnel === undefined ? {} : { tunnel }),
      services,
      created: context.surroundings.clock.now().toISOString(),
    };
    context.catalog.clusters.add(cluster);
    return cluster;
  } catch (error) {
    for (const service of services) await forgetService(context, service);
    await forgetTunnel(context, tunnel);
    throw error;
  }
}

/**
 * Changes a cluster. Options are merged with those that are kept and validated together; the secrets among the new
 * ones go into the vault, those that they replace are forgotten.
 * @throws HoldfastError `catalog.no-cluster`, `engine.no-service`, `general.invalid-input`; `catalog.in-use` for a service
 *   to be removed that a task backs up
 */
export async function updateCluster(context: EngineContext, change: ClusterChange): Promise<Cluster> {
  // An attempt that comes to nothing let another change through: so somebody always gets on.
  for (;;) {
    const cluster = await attemptChange(context, change);
    if (cluster !== undefined) return cluster;
  }
}

/** Undefined, and nothing is changed, when another change of the cluster's services was faster. */
async function attemptChange(context: EngineContext, change: ClusterChange): Promise<Cluster | undefined> {
  const before = context.catalog.clusters.byName(change.name);
  const sealed: SealedChange = { changed: new Map(), added: [], tunnel: undefined };
  let stored: StoredChange;
  try {
    await sealChange(context, before, change, sealed);
    stored = storeChange(context, before, change, sealed);
  } catch (error) {
    const outrun = isOutrun(context, before);
    for (const { undone } of sealed.changed.values()) await undone();
    for (const service of sealed.added) await forgetService(context, service);
    await sealed.tunnel?.undone();
    if (outrun) return undefined;
    throw error;
  }
  for (const { replaced } of sealed.changed.values()) await replaced();
  for (const service of stored.removed) await forgetService(context, service);
  await sealed.tunnel?.replaced();
  return stored.cluster;
}

/** The secrets that the services named then may be gone. */
function isOutrun({ catalog }: EngineContext, { id, services, tunnel }: Cluster): boolean {
  const current = catalog.clusters.find(id);
  return !isDeepStrictEqual([current?.services, current?.tunnel], [services, tunnel]);
}

/** Forgets a cluster and its secrets. @throws HoldfastError `catalog.in-use` while a task names it, `secrets.locked` */
export async function removeCluster(context: EngineContext, name: string): Promise<void> {
  const { clusters } = context.catalog;
  const { id, services, tunnel } = clusters.byName(name);
  for (const { source, options } of services)
    await refuseLocked(findSourceDriver(source).options, options, context.vault);
  await refuseLocked(tunnelOptions, tunnel ?? {}, context.vault);
  // Only now: a change that was stored while the vault was asked has brought secrets of its own.
  const removed = clusters.get(id);
  clusters.remove(id);
  for (const service of removed.services) await forgetService(context, service);
  await forgetTunnel(context, removed.tunnel);
}

/** The service with its options checked; their secrets still in the clear. */
export function parseService(wish: ClusterService): ClusterService {
  const options = parseOptions(findSourceDriver(wish.source).options, wish.options, wish.service);
  return { ...wish, options };
}

/** The same of a tunnel, which has to have what its way of signing in needs. */
function parseTunnel(wish: RawOptions): Record<string, unknown> {
  const options = parseOptions(tunnelOptions, wish, TUNNEL);
  tunnelSettings(options, undefined);
  return options;
}

async function sealService(context: EngineContext, service: ClusterService): Promise<ClusterService> {
  const { options: schema } = findSourceDriver(service.source);
  return { ...service, options: await sealOptions(schema, service.options, context.vault) };
}

function forgetService(context: EngineContext, { source, options }: ClusterService): Promise<void> {
  return forgetOptions(findSourceDriver(source).options, options, context.vault);
}

function forgetTunnel({ vault }: EngineContext, tunnel: Cluster['tunnel']): Promise<void> {
  return forgetOptions(tunnelOptions, tunnel ?? {}, vault);
}

/** What of a change was put into the vault. */
interface SealedChange {
  /** Undefined: it stays as it is. */
  tunnel: ChangedTunnel | undefined;
  readonly changed: Map<string, ChangedOptions>;
  readonly added: ClusterService[];
}

/** Notes in `sealed` what was sealed on the way. */
async function sealChange(
  context: EngineContext,
  before: Cluster,
  { services: wishes = [], addServices = [], removeServices = [], tunnel }: ClusterChange,
  sealed: SealedChange,
): Promise<void> {
  refuseTwins(wishes);
  for (const { service, options: wish } of wishes) {
    const { source, options } = findService(before, service);
    const schema = findSourceDriver(source).options;
    const changed = await changeOptions({ schema, before: options, wish, what: service }, context.vault);
    sealed.changed.set(service, changed);
  }
  for (const service of addServices.map(parseService)) sealed.added.push(await sealService(context, service));
  if (tunnel !== undefined) sealed.tunnel = await changeTunnel(context.vault, before.tunnel, tunnel);
  await refuseLockedServices(context, before, removeServices);
}

interface StoredChange {
  readonly cluster: Cluster;
  readonly removed: readonly ClusterService[];
}

function storeChange(
  context: EngineContext,
  before: Cluster,
  change: ClusterChange,
  sealed: SealedChange,
): StoredChange {
  const { clusters } = context.catalog;
  const { removeServices = [] } = change;
  return context.catalog.transaction(() => {
    if (isOutrun(context, before)) throw new Error('the services were changed meanwhile');
    const current = clusters.get(before.id);
    const removed = removeServices.map((service) => findService(current, service));
    refuseUsed(context, current, removeServices);
    const cluster = withChange(current, change, sealed);
    clusters.update(cluster);
    return { cluster, removed };
  });
}

/** What a service leaves in the vault has to go with it. */
async function refuseLockedServices(
  { vault }: EngineContext,
  cluster: Cluster,
  names: readonly string[],
): Promise<void> {
  for (const { source, options } of names.map((name) => findService(cluster, name))) {
    await refuseLocked(findSourceDriver(source).options, options, vault);
  }
}

function refuseUsed({ catalog }: EngineContext, cluster: Cluster, names: readonly string[]): void {
  for (const name of names) {
    const tasks = catalog.tasks
      .list()
      .filter((task) => task.cluster === cluster.id && task.sources.some(({ service }) => service === name));
    if (tasks.length > 0)
      throw new HoldfastError('catalog.in-use', { name, tasks: tasks.map((task) => task.name) });
  }
}

function withChange(
  cluster: Cluster,
  change: ClusterChange,
  { changed, added, tunnel: changedTunnel }: SealedChange,
): Cluster {
  const { environment, readOnly, limits, removeServices = [] } = change;
  const { colour, folder, description, tunnel: before, ...rest } = cluster;
  const tunnel = changedTunnel === undefined ? before : changedTunnel.options;
  const kept = cluster.services.filter(({ service }) => !removeServices.includes(service));
  const services = [
    ...kept.map((service) => ({
      ...service,
      options: changed.get(service.service)?.options ?? service.options,
    })),
    ...added,
  ];
  refuseTwins(services);
  if (services.length === 0) {
    throw new HoldfastError('general.invalid-input', {
      what: detail('the-cluster'),
      problem: detail('no-service-left'),
    });
  }
  return {
    ...rest,
    ...withMarks({ colour, folder, description }, change),
    environment: environment ?? cluster.environment,
    readOnly: readOnly ?? cluster.readOnly,
    limits: withLimits(cluster.limits, limits ?? {}),
    ...(tunnel === undefined ? {} : { tunnel }),
    services,
  };
}

/** The marks after a change: null takes one away, what is not given stays. */
function withMarks(
  before: { readonly [mark in Mark]?: Cluster[mark] | undefined },
  change: { readonly [mark in Mark]?: Cluster[mark] | null | undefined },
): Pick<Cluster, Mark> {
  const { colour = before.colour, folder = before.folder, description = before.description } = change;
  return {
    ...(colour ? { colour } : {}),
    ...(folder ? { folder } : {}),
    ...(description ? { description } : {}),
  };
}

function withLimits(
  { requestsInFlight, objectsPerSecond }: Cluster['limits'],
  change: NonNullable<ClusterChange['limits']>,
): Cluster['limits'] {
  const rate = change.objectsPerSecond === undefined ? objectsPerSecond : change.objectsPerSecond;
  return {
    requestsInFlight: change.requestsInFlight ?? requestsInFlight,
    ...(rate === undefined || rate === null ? {} : { objectsPerSecond: rate }),
  };
}

/** @throws HoldfastError `general.invalid-input` */
export function refuseTwins(services: readonly { readonly service: string }[]): void {
  const names = services.map((service) => service.service);
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin === undefined) return;
  throw new HoldfastError('general.invalid-input', {
    what: detail('service', { name: twin }),
    problem: detail('same-service-name'),
  });
}
