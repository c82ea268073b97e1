import type { Cluster } from '../../../shared/model/cluster.ts';
import type { SourceDescription } from '../../../shared/model/driver.ts';
import { type FormValues, optionsToChange, startValues } from '../../forms/form-model.ts';
import { areServicesFilled, findDriver, newService, type ServiceDraft, servicesOf } from './draft.ts';

/** The services of a cluster while it is being changed. */
export interface ServicesDraft {
  /** Of each that it has, by its name. */
  readonly values: { readonly [service: string]: FormValues };
  /** Names of those that go. */
  readonly removed: readonly string[];
  readonly added: readonly ServiceDraft[];
}

export function servicesDraft({ services }: Cluster, drivers: readonly SourceDescription[]): ServicesDraft {
  const values = services.map(({ service, source, options }) => [
    service,
    startValues(findDriver(drivers, source)?.options ?? [], options),
  ]);
  return { values: Object.fromEntries(values), removed: [], added: [] };
}

/** The draft with one more service, under a name that neither those of the cluster nor the added ones have. */
export function withAdded(
  draft: ServicesDraft,
  { services }: Cluster,
  driver: SourceDescription,
): ServicesDraft {
  const names = services.map(({ service }) => service);
  return { ...draft, added: [...draft.added, newService(draft.added, driver, names)] };
}

/** What stays of the cluster's services, with the options that change; none: it stays as it is. */
export function keptServices(
  { services }: Cluster,
  draft: ServicesDraft,
  drivers: readonly SourceDescription[],
) {
  return services
    .filter(({ service }) => !draft.removed.includes(service))
    .map(({ service, source, options }) => ({
      service,
      source,
      options: optionsToChange(
        findDriver(drivers, source)?.options ?? [],
        draft.values[service] ?? {},
        options,
      ),
    }));
}

/** What the contract's `clusters.update` takes of it. */
export function servicesChange(
  cluster: Cluster,
  draft: ServicesDraft,
  drivers: readonly SourceDescription[],
) {
  return {
    services: keptServices(cluster, draft, drivers)
      .filter(({ options }) => Object.keys(options).length > 0)
      .map(({ service, options }) => ({ service, options })),
    addServices: servicesOf(draft.added, drivers),
    removeServices: [...draft.removed],
  };
}

/** Whether an added service has a name that another one has, be it one that goes: the host checks the name first. */
export function isTaken(
  { services }: Cluster,
  { added }: ServicesDraft,
  { key, service }: ServiceDraft,
): boolean {
  return (
    services.some((each) => each.service === service) ||
    added.some((other) => other.key !== key && other.service === service)
  );
}

/** Whether the cluster keeps a service, and the added ones are filled in. */
export function areServicesFit(
  cluster: Cluster,
  draft: ServicesDraft,
  drivers: readonly SourceDescription[],
): boolean {
  return (
    cluster.services.length - draft.removed.length + draft.added.length > 0 &&
    areServicesFilled(draft.added, drivers) &&
    !draft.added.some((service) => isTaken(cluster, draft, service))
  );
}
