import type { Cluster } from '../model/cluster.ts';
import type { DriverField } from '../model/driver.ts';
import { type CommandPart, commandLine } from './command.ts';

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

function fieldPart(field: DriverField, value: unknown): readonly CommandPart[] {
  if (value === undefined || value === null || value === '' || value === field.default) return [];
  if (field.secret) return [{ flag: `${field.flag}-prompt`, value: true }];
  // Keys and certificates are read from a file there; which one, only the person knows.
  if (field.widget === 'file-content') return [{ flag: `${field.flag}-file`, value: `${field.flag}.pem` }];
  if (typeof value === 'boolean') return [`--${value ? '' : 'no-'}${field.flag}`];
  if (Array.isArray(value)) return [{ flag: field.flag, value: value.map(String) }];
  return [{ flag: field.flag, value: String(value) }];
}
