import type { Cluster } from '../../../shared/model/cluster.ts';
import { type ClusterExport, EXPORT_FORMAT } from '../../../shared/model/cluster-export.ts';
import { isSecretRef } from '../../../shared/options/secrets.ts';
import { openOptions } from '../../secrets/options.ts';
import { sealText } from '../../secrets/sealed-text.ts';
import { findSourceDriver } from '../../sources/registry.ts';
import type { EngineContext } from '../context.ts';
import { withoutSecretRefs } from '../control/contents.ts';

/** The secrets of an export: by cluster, service and field. */
export type ExportedSecrets = {
  [cluster: string]: { [service: string]: { [field: string]: unknown } };
};

/**
 * Definitions of clusters as a document, of all where none is named. Secrets are left out; with a passphrase they come
 * along, sealed under it.
 * @throws HoldfastError `catalog.no-cluster`, `secrets.locked` when secrets are to come along
 */
export async function exportClusters(
  context: EngineContext,
  names: readonly string[],
  passphrase: string | undefined,
): Promise<ClusterExport> {
  const { clusters } = context.catalog;
  const chosen = names.length === 0 ? clusters.list() : names.map((name) => clusters.byName(name));
  const document = {
    format: EXPORT_FORMAT,
    written: context.surroundings.clock.now().toISOString(),
    clusters: chosen.map(describe),
  };
  if (passphrase === undefined) return document;
  const secrets = JSON.stringify(await secretsOf(context, chosen));
  const { key, text } = await sealText(secrets, passphrase, EXPORT_FORMAT);
  return { ...document, sealed: { key, secrets: text } };
}

function describe({ id: _, created: __, services, ...cluster }: Cluster): ClusterExport['clusters'][number] {
  return {
    ...cluster,
    services: services.map(({ options, ...service }) => ({ ...service, ...withoutSecretRefs(options) })),
  };
}

async function secretsOf({ vault }: EngineContext, clusters: readonly Cluster[]): Promise<ExportedSecrets> {
  const secrets: ExportedSecrets = {};
  for (const { name, services } of clusters) {
    const ofCluster: ExportedSecrets[string] = {};
    for (const { service, source, options } of services) {
      const sealed = Object.fromEntries(Object.entries(options).filter(([, value]) => isSecretRef(value)));
      ofCluster[service] = await openOptions(findSourceDriver(source).options, sealed, vault);
    }
    secrets[name] = ofCluster;
  }
  return secrets;
}
