import type { z } from 'zod';
import type { Cluster } from '../../../shared/model/cluster.ts';
import { type ClusterExport, EXPORT_FORMAT, TUNNEL_SECRETS } from '../../../shared/model/cluster-export.ts';
import { tunnelOptions } from '../../../shared/model/tunnel.ts';
import type { RawOptions } from '../../../shared/options/parse.ts';
import { isSecretRef } from '../../../shared/options/secrets.ts';
import { openOptions } from '../../secrets/options.ts';
import { sealText } from '../../secrets/sealed-text.ts';
import type { Vault } from '../../secrets/vault.ts';
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

function describe({
  id: _,
  created: __,
  services,
  tunnel,
  ...cluster
}: Cluster): ClusterExport['clusters'][number] {
  return {
    ...cluster,
    ...(tunnel === undefined ? {} : { tunnel: withoutSecretRefs(tunnel) }),
    services: services.map(({ options, ...service }) => ({ ...service, ...withoutSecretRefs(options) })),
  };
}

async function secretsOf({ vault }: EngineContext, clusters: readonly Cluster[]): Promise<ExportedSecrets> {
  const secrets: ExportedSecrets = {};
  for (const { name, services, tunnel = {} } of clusters) {
    const ofCluster: ExportedSecrets[string] = {};
    for (const { service, source, options } of services) {
      ofCluster[service] = await opened(findSourceDriver(source).options, options, vault);
    }
    const ofTunnel = await opened(tunnelOptions, tunnel, vault);
    if (Object.keys(ofTunnel).length > 0) ofCluster[TUNNEL_SECRETS] = ofTunnel;
    secrets[name] = ofCluster;
  }
  return secrets;
}

/** The secrets among the options, in the clear. */
function opened(schema: z.ZodObject, options: RawOptions, vault: Vault): Promise<Record<string, unknown>> {
  const sealed = Object.fromEntries(Object.entries(options).filter(([, value]) => isSecretRef(value)));
  return openOptions(schema, sealed, vault);
}
