import type { Cluster } from '../../../shared/model/cluster.ts';
import { tunnelOptions } from '../../../shared/model/tunnel.ts';
import { redact } from '../../../shared/options/secrets.ts';
import { findSourceDriver } from '../../sources/registry.ts';
import type { EngineContext } from '../context.ts';
import { addCluster, removeCluster, updateCluster } from '../definitions/clusters.ts';
import { exportClusters } from '../definitions/export-clusters.ts';
import { acceptIdentities } from '../definitions/identities.ts';
import { importClusters } from '../definitions/import-clusters.ts';
import { renameCluster } from '../definitions/rename.ts';
import { takeInventory } from '../estimate/inventory.ts';
import { checkCluster } from '../preflight/check-task.ts';
import { probeServices } from '../preflight/probe-cluster.ts';
import { askHostKey } from '../tunnel/tunnels.ts';
import type { Api } from './implement.ts';

export const clusters = (engine: EngineContext, api: Api) => ({
  list: api.clusters.list.handler(() => engine.catalog.clusters.list().map(shown)),
  show: api.clusters.show.handler(({ input }) => shown(engine.catalog.clusters.byName(input.name))),
  add: api.clusters.add.handler(({ input }) => addCluster(engine, input).then(shown)),
  update: api.clusters.update.handler(async ({ input, context: { signal } }) => {
    const changed = await updateCluster(engine, input);
    return shown(input.acceptIdentity ? await acceptIdentities(engine, changed.name, signal) : changed);
  }),
  rename: api.clusters.rename.handler(async ({ input: { name, as }, context: { signal } }) => {
    const { renamed, untold } = await renameCluster(engine, name, as, signal);
    return { renamed: shown(renamed), untold: [...untold] };
  }),
  remove: api.clusters.remove.handler(async ({ input }) => {
    await removeCluster(engine, input.name);
    return {};
  }),
  export: api.clusters.export.handler(({ input }) => exportClusters(engine, input.names, input.passphrase)),
  import: api.clusters.import.handler(async ({ input }) => {
    const { added, needed } = await importClusters(engine, input.clusters, input.passphrase);
    return { added: added.map(shown), needed };
  }),
  test: api.clusters.test.handler(async function* ({ input, context: { signal } }) {
    yield* checkCluster(engine, engine.catalog.clusters.byName(input.name), signal);
  }),
  hostKey: api.clusters.hostKey.handler(({ input, context: { signal } }) => askHostKey(input, signal)),
  inventory: api.clusters.inventory.handler(async function* ({ input, context: { signal } }) {
    const cluster = engine.catalog.clusters.byName(input.name);
    const all = cluster.services.map(({ service }) => ({ service, selection: {} }));
    for (const { service, selection } of input.services.length > 0 ? input.services : all) {
      yield await takeInventory(engine, cluster, service, selection, signal);
    }
  }),
  probe: api.clusters.probe.handler(async function* ({ input: { cluster, ...wish }, context: { signal } }) {
    const saved = cluster === undefined ? undefined : engine.catalog.clusters.byName(cluster);
    yield* probeServices(engine, saved, wish, signal);
  }),
});

/** As it may leave the engine: secrets, references to them included, read `***`. */
function shown(cluster: Cluster): Cluster {
  const services = cluster.services.map((service) => ({
    ...service,
    options: redact(findSourceDriver(service.source).options, service.options),
  }));
  const tunnel = cluster.tunnel && redact(tunnelOptions, cluster.tunnel);
  return { ...cluster, services, ...(tunnel === undefined ? {} : { tunnel }) };
}
