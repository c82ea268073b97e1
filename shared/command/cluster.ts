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

/** What it needs of a tunnel; no options: there is none. */
export interface TunnelForCommand {
  readonly fields: readonly DriverField[];
  readonly options: { readonly [field: string]: unknown };
}

/** What people know a cluster by. */
type Marks = Pick<Cluster, 'colour' | 'folder' | 'description'>;

/** `holdfast cluster add …`. A secret is asked for at the prompt: it never stands in a line. */
export function addClusterCommand(
  cluster: Pick<Cluster, 'name' | 'environment' | 'readOnly'> & Marks,
  services: readonly ServiceForCommand[],
  tunnel: TunnelForCommand = { fields: [], options: {} },
): string {
  return commandLine([
    'cluster',
    'add',
    cluster.name,
    { flag: 'environment', value: cluster.environment },
    { flag: 'read-only', value: cluster.readOnly },
    { flag: 'colour', value: cluster.colour },
    { flag: 'folder', value: cluster.folder },
    { flag: 'description', value: cluster.description },
    ...tunnel.fields.flatMap((field) => fieldPart(field, tunnel.options[field.name])),
    ...services.flatMap(({ source, service, fields, options }) => [
      { flag: 'source', value: source },
      { flag: 'service', value: service },
      ...fields.flatMap((field) => fieldPart(field, options[field.name])),
    ]),
  ]);
}

/** `holdfast cluster export …`; no names: all. The passphrase is asked for at the prompt. */
export function exportClustersCommand(names: readonly string[], passphrase: boolean): string {
  return commandLine([
    'cluster',
    'export',
    ...names,
    { flag: 'out', value: 'clusters.json' },
    { flag: 'passphrase-prompt', value: passphrase },
  ]);
}

/** `holdfast cluster import …`. */
export function importClustersCommand(file: string, passphrase: boolean): string {
  return commandLine(['cluster', 'import', file, { flag: 'passphrase-prompt', value: passphrase }]);
}
