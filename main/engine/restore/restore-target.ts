import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import type { JsonObject } from '../../../shared/model/entry.ts';
import type { PlannedOrder } from '../../../shared/model/plan.ts';
import { findService } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import type { FoundArchive } from '../points/found-archive.ts';
import type { StoredTarget } from '../points/using-archives.ts';

/** An archive with the live service that it is restored into. */
export interface RestorePair {
  readonly archive: FoundArchive;
  readonly into: string;
}

/** The stored thing that an order restores from. @throws HoldfastError `general.invalid-input` for a live cluster */
export function storedTarget(order: PlannedOrder): StoredTarget {
  if (order.from.of !== 'cluster') return order.from;
  throw new HoldfastError('general.invalid-input', {
    what: detail('what-to-restore'),
    problem: detail('live-cluster'),
  });
}

/** The cluster named in the order; else the one the point came from, as this installation knows it. */
export function targetCluster(
  { catalog }: EngineContext,
  order: PlannedOrder,
  archives: readonly FoundArchive[],
): Cluster {
  if (order.to !== undefined) return catalog.clusters.byName(order.to);
  const { from } = order;
  if (from.of === 'undo') return catalog.clusters.get(catalog.runs.get(from.run).cluster ?? '');
  if (from.of === 'point') return catalog.clusters.get(catalog.points.get(from.point).cluster);
  const cluster = catalog.clusters.find(archives[0]?.manifest.cluster.id ?? '');
  if (cluster === undefined) throw new HoldfastError('engine.cluster-unknown');
  return cluster;
}

/**
 * Finds for each archive the live service of its name, else the only one of its kind.
 * @throws HoldfastError `engine.no-service`, or `engine.service-shared` when two archives would go into one service:
 *   the second would undo the first.
 */
export function pairServices(cluster: Cluster, archives: readonly FoundArchive[]): readonly RestorePair[] {
  const pairs = archives.map((archive) => ({ archive, into: matchingService(cluster, archive) }));
  for (const [into, together] of Map.groupBy(pairs, (pair) => pair.into)) {
    if (together.length === 1) continue;
    const services = together.map(({ archive }) => archive.service).join(', ');
    throw new HoldfastError('engine.service-shared', { cluster: cluster.name, service: into, services });
  }
  return pairs;
}

/**
 * What the live service is known to say of itself: by the cluster's definition, else by the archive where it goes back
 * to where it came from. Undefined: nothing is known of it.
 */
export function knownIdentity(cluster: Cluster, { archive, into }: RestorePair): JsonObject | undefined {
  const { identity } = findService(cluster, into);
  if (identity !== undefined) return identity;
  const { manifest, service } = archive;
  if (manifest.cluster.id !== cluster.id || service !== into) return undefined;
  return manifest.cluster.identity as JsonObject;
}

function matchingService(cluster: Cluster, archive: FoundArchive): string {
  const sameKind = cluster.services.filter((service) => service.source === archive.manifest.source.id);
  const sameName = sameKind.find((service) => service.service === archive.service);
  const [first, second] = sameKind;
  const match = sameName ?? (second === undefined ? first : undefined);
  if (match !== undefined) return match.service;
  const known = cluster.services.map((service) => service.service).join(', ');
  throw new HoldfastError('engine.no-service', { where: cluster.name, service: archive.service, known });
}
