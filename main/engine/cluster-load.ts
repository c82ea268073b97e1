import type { Cluster, ClusterLimits } from '../../shared/model/cluster.ts';
import { LoadGate } from '../sources/load.ts';

interface KnownGate {
  readonly limits: ClusterLimits;
  readonly gate: LoadGate;
}

/** One gate for each cluster: backups, restores and browsing together keep to its load limits. */
export class ClusterLoad {
  readonly #gates = new Map<string, KnownGate>();

  /** The cluster's gate; a new one when its limits were changed, while what is under way keeps to the old. */
  gate({ id, limits }: Pick<Cluster, 'id' | 'limits'>): LoadGate {
    const known = this.#gates.get(id);
    if (known !== undefined && sameLimits(known.limits, limits)) return known.gate;
    const gate = new LoadGate(limits);
    this.#gates.set(id, { limits, gate });
    return gate;
  }
}

function sameLimits(a: ClusterLimits, b: ClusterLimits): boolean {
  return a.requestsInFlight === b.requestsInFlight && a.objectsPerSecond === b.objectsPerSecond;
}
