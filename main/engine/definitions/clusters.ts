import { HoldfastError } from '../../../shared/errors/error.ts';
import { type Cluster, type ClusterService, defaultLimits } from '../../../shared/model/cluster.ts';
import { parseOptions } from '../../../shared/options/parse.ts';
import { forgetOptions, sealOptions } from '../../secrets/options.ts';
import { findSourceDriver } from '../../sources/registry.ts';
import type { EngineContext } from '../context.ts';

/** A cluster as a person describes it: options hold secrets in the clear, for the last time. */
export type NewCluster = Pick<Cluster, 'name' | 'environment' | 'readOnly' | 'services'> & {
  readonly limits?: Cluster['limits'] | undefined;
};

/** Validates a cluster's options, puts their secrets into the vault and keeps the rest. */
export async function addCluster(context: EngineContext, wish: NewCluster): Promise<Cluster> {
  refuseTwins(wish.services);
  if (context.catalog.clusters.findByName(wish.name) !== undefined) {
    throw new HoldfastError('catalog.name-taken', { what: 'cluster', name: wish.name });
  }
  const services: ClusterService[] = [];
  for (const service of wish.services) services.push(await sealService(context, service));
  const cluster: Cluster = {
    id: context.surroundings.randomHex(8),
    name: wish.name,
    environment: wish.environment,
    readOnly: wish.readOnly,
    limits: wish.limits ?? defaultLimits(wish.environment),
    services,
    created: context.surroundings.clock.now().toISOString(),
  };
  context.catalog.clusters.add(cluster);
  return cluster;
}

/** Forgets a cluster and its secrets. @throws HoldfastError `catalog.in-use` while a task names it. */
export async function removeCluster(context: EngineContext, name: string): Promise<void> {
  const cluster = context.catalog.clusters.byName(name);
  context.catalog.clusters.remove(cluster.id);
  for (const service of cluster.services) {
    await forgetOptions(findSourceDriver(service.source).options, service.options, context.vault);
  }
}

async function sealService(context: EngineContext, wish: ClusterService): Promise<ClusterService> {
  const driver = findSourceDriver(wish.source);
  const options = parseOptions(driver.options, wish.options, wish.service);
  return { ...wish, options: await sealOptions(driver.options, options, context.vault) };
}

function refuseTwins(services: readonly ClusterService[]): void {
  const names = services.map((service) => service.service);
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin === undefined) return;
  throw new HoldfastError('general.invalid-input', {
    what: `Service ${twin}`,
    problem: 'two services of a cluster cannot have the same name',
  });
}
