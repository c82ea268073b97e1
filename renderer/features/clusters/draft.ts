import type { Environment } from '../../../shared/model/cluster.ts';
import type { SourceDescription } from '../../../shared/model/driver.ts';
import { name as nameSchema } from '../../../shared/model/identifier.ts';
import { type FormValues, missingFields, optionsToAdd, startValues } from '../../forms/form-model.ts';
import { type MarksDraft, NO_MARKS } from './marks-draft.ts';
import { NO_TUNNEL, type TunnelDraft } from './tunnel-draft.ts';

/** A service while it is being added. */
export interface ServiceDraft {
  /** Stays while the service is renamed. */
  readonly key: number;
  readonly source: string;
  readonly service: string;
  readonly values: FormValues;
}

/** A cluster while it is being added. */
export interface ClusterDraft {
  readonly name: string;
  readonly environment: Environment;
  readonly readOnly: boolean;
  readonly marks: MarksDraft;
  readonly tunnel: TunnelDraft;
  readonly services: readonly ServiceDraft[];
}

export const EMPTY_DRAFT: ClusterDraft = {
  name: '',
  environment: 'production',
  readOnly: false,
  marks: NO_MARKS,
  tunnel: NO_TUNNEL,
  services: [],
};

/** The draft with one more service. */
export function withService(draft: ClusterDraft, driver: SourceDescription): ClusterDraft {
  return { ...draft, services: [...draft.services, newService(draft.services, driver)] };
}

/** A service beside others, named as its driver's data source and numbered when that is taken, by one of them or else. */
export function newService(
  beside: readonly ServiceDraft[],
  driver: SourceDescription,
  alsoTaken: readonly string[] = [],
): ServiceDraft {
  const taken = [...alsoTaken, ...beside.map(({ service }) => service)];
  let service = driver.dataSource;
  for (let number = 2; taken.includes(service); number++) service = `${driver.dataSource}-${number}`;
  const key = Math.max(0, ...beside.map((each) => each.key)) + 1;
  return { key, source: driver.id, service, values: startValues(driver.options) };
}

export function findDriver(drivers: readonly SourceDescription[], id: string): SourceDescription | undefined {
  return drivers.find((driver) => driver.id === id);
}

/** The services as the contract takes them. */
export function servicesOf(services: readonly ServiceDraft[], drivers: readonly SourceDescription[]) {
  return services.map(({ source, service, values }) => ({
    source,
    service,
    options: optionsToAdd(findDriver(drivers, source)?.options ?? [], values),
  }));
}

/** Whether every service has what its driver needs; what the values are worth, the host says. */
export function areServicesFilled(
  services: readonly ServiceDraft[],
  drivers: readonly SourceDescription[],
): boolean {
  return services.every(
    ({ source, service, values }) =>
      nameSchema.safeParse(service).success &&
      missingFields(findDriver(drivers, source)?.options ?? [], values).length === 0,
  );
}
