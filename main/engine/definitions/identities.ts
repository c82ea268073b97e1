import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Cluster, ClusterService } from '../../../shared/model/cluster.ts';
import type { JsonObject } from '../../../shared/model/entry.ts';
import { findSourceDriver } from '../../sources/registry.ts';
import { usingService } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import type { OpenService } from '../open-service.ts';

/*
 * A name or an address may lead to another cluster than it did, and to an empty one after an accident. A backup of that
 * would drive out the copies of the one that was meant, a restore would change a stranger. So a service is
 * known again by what it said of itself at its last backup; a first one has nothing to be compared with. What counts as
 * another service is the driver's to say.
 */

/**
 * Refuses a service that is another than the one known by the cluster's definition, or by `known`.
 * @throws HoldfastError `engine.other-service`
 */
export function refuseOtherService(
  { driver, service }: Pick<OpenService, 'driver' | 'service'>,
  cluster: string,
  now: JsonObject,
  known: JsonObject | undefined = service.identity,
): void {
  if (known === undefined || driver.identity?.differs(known, now) !== true) return;
  throw new HoldfastError('engine.other-service', {
    service: service.service,
    cluster,
    now: factsOf(now, known),
    known: factsOf(known, now),
  });
}

/** Keeps what services said of themselves at a backup. What a person has accepted meanwhile stands. */
export function keepIdentities(
  { catalog }: EngineContext,
  cluster: string,
  identities: ReadonlyMap<string, JsonObject>,
): void {
  catalog.transaction(() => {
    const before = catalog.clusters.get(cluster);
    const services = before.services.map((service) => {
      const identity = identities.get(service.service);
      return identity === undefined || isOther(service, identity) ? service : { ...service, identity };
    });
    catalog.clusters.update({ ...before, services });
  });
}

/**
 * Asks all services of a cluster who they are and keeps that, whoever they were before.
 * @throws HoldfastError `source.*` when one cannot be asked: then nothing is accepted
 */
export async function acceptIdentities(
  context: EngineContext,
  name: string,
  signal?: AbortSignal,
): Promise<Cluster> {
  const { clusters } = context.catalog;
  const asked = clusters.byName(name);
  const identities = new Map<string, JsonObject>();
  for (const { service } of asked.services) {
    const probe = await usingService(context, asked, service, signal, ({ connection }) =>
      connection.probe(signal),
    );
    identities.set(service, probe.identity);
  }
  return context.catalog.transaction(() => {
    const before = clusters.get(asked.id);
    const accepted: Cluster = {
      ...before,
      services: before.services.map((service) => {
        const identity = identities.get(service.service);
        return identity === undefined ? service : { ...service, identity };
      }),
    };
    clusters.update(accepted);
    return accepted;
  });
}

function isOther({ source, identity: known }: ClusterService, now: JsonObject): boolean {
  return known !== undefined && findSourceDriver(source).identity?.differs(known, now) === true;
}

/** What one says that the other does not, the same in every language: `clusterId: "abc"`. */
function factsOf(identity: JsonObject, other: JsonObject): string {
  const facts = Object.entries(identity).map(([name, value]) => [name, JSON.stringify(value)] as const);
  const own = facts.filter(([name, text]) => text !== JSON.stringify(other[name]));
  return own.map(([name, text]) => `${name}: ${text}`).join(', ');
}
