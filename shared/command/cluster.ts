import type { Cluster } from '../model/cluster.ts';
import type { DriverField } from '../model/driver.ts';
import { commandLine } from './command.ts';
import { fieldPart } from './field-part.ts';

/** What `cluster add` needs of each service. */
export interface ServiceForCommand {
  readonly source: string;
  readonly service: string;
  readonly fields: readonly DriverField[];
  readonly options: { readonly [field: string]: unknown };
}

/** `holdfast cluster add …`. A secret is asked for at the prompt: it never stands in a line. */
export function addClusterCommand(
  cluster: Pick<Cluster, 'name' | 'environment' | 'readOnly'>,
  services: readonly ServiceForCommand[],
): string {
  return commandLine([
    'cluster',
    'add',
    cluster.name,
    { flag: 'environment', value: cluster.environment },
    { flag: 'read-only', value: cluster.readOnly },
    ...services.flatMap(({ source, service, fields, options }) => [
      { flag: 'source', value: source },
      { flag: 'service', value: service },
      ...fields.flatMap((field) => fieldPart(field, options[field.name])),
    ]),
  ]);
}
