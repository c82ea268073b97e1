import type { Environment } from '../../../shared/model/cluster.ts';
import type { SourceDescription } from '../../../shared/model/driver.ts';
import { type FormValues, missingFields, optionsToAdd, startValues } from '../../forms/form-model.ts';
import { type MarksDraft, NO_MARKS } from './marks-draft.ts';

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
  readonly services: readonly ServiceDraft[];
}

export const EMPTY_DRAFT: ClusterDraft = {
  name: '',
  environment: 'production',
  readOnly: false,
  marks: NO_MARKS,
  services: [],
};

/** The draft with one more service, named as its driver's data source and numbered when that is taken. */
export function withService(draft: ClusterDraft, driver: SourceDescription): ClusterDraft {
  const taken = draft.services.map(({ service }) => service);
  let service = driver.dataSource;
  for (let number = 2; taken.includes(service); number++) service = `${driver.dataSource}-${number}`;
  const key = Math.max(0, ...draft.services.map((each) => each.key)) + 1;
  const added = { key, source: driver.id, service, values: startValues(driver.options) };
  return { ...draft, services: [...draft.services, added] };
}

export function findDriver(drivers: readonly SourceDescription[], id: string): SourceDescription | undefined {
  return drivers.find((driver) => driver.id === id);
}

/** The services as the contract takes them. */
export function servicesOf(draft: ClusterDraft, drivers: readonly SourceDescription[]) {
  return draft.services.map(({ source, service, values }) => ({
    source,
    service,
    options: optionsToAdd(findDriver(drivers, source)?.options ?? [], values),
  }));
}

/** Whether every service has what its driver needs; what the values are worth, the host says. */
export function areServicesFilled(draft: ClusterDraft, drivers: readonly SourceDescription[]): boolean {
  return (
    draft.services.length > 0 &&
    draft.services.every(
      ({ source, service, values }) =>
        service !== '' && missingFields(findDriver(drivers, source)?.options ?? [], values).length === 0,
    )
  );
}
