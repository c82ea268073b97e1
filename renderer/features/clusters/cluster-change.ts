import { changeClusterCommands } from '../../../shared/command/cluster.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import type { DriverField, SourceDescription } from '../../../shared/model/driver.ts';
import { findDriver } from './draft.ts';
import { type ServicesDraft, servicesChange } from './services-draft.ts';
import { type SettingsDraft, settingsChange, settingsDraft } from './settings-draft.ts';
import { type TunnelDraft, tunnelToChange } from './tunnel-draft.ts';

/** A cluster while it is being changed. */
export interface ClusterDrafts {
  readonly settings: SettingsDraft;
  readonly services: ServicesDraft;
  readonly tunnel: TunnelDraft;
}

/** What the forms of clusters are made from. */
export interface ClusterForms {
  readonly drivers: readonly SourceDescription[];
  readonly tunnelFields: readonly DriverField[];
}

/** What the contract's `clusters.update` takes: what is another than it was. */
export function clusterChange(cluster: Cluster, drafts: ClusterDrafts, forms: ClusterForms) {
  const tunnel = tunnelToChange(drafts.tunnel, forms.tunnelFields, cluster.tunnel);
  return {
    name: cluster.name,
    ...settingsChange(drafts.settings, settingsDraft(cluster)),
    ...(tunnel === undefined ? {} : { tunnel }),
    ...servicesChange(cluster, drafts.services, forms.drivers),
  };
}

/** The lines that do the same; empty when nothing changes. */
export function clusterChangeCommand(
  cluster: Cluster,
  change: ReturnType<typeof clusterChange>,
  { drivers, tunnelFields }: ClusterForms,
): string {
  const { name, tunnel, services, addServices, removeServices, ...settings } = change;
  const fieldsOf = (source: string | undefined) => findDriver(drivers, source ?? '')?.options ?? [];
  return changeClusterCommands({
    name,
    settings,
    ...(tunnel === undefined ? {} : { tunnel: tunnel && { fields: tunnelFields, options: tunnel } }),
    services: services.map((changed) => {
      const source = cluster.services.find(({ service }) => service === changed.service)?.source;
      return { service: changed.service, fields: fieldsOf(source), options: changed.options };
    }),
    added: addServices.map((service) => ({ ...service, fields: fieldsOf(service.source) })),
    removed: removeServices,
  }).join('\n');
}
