import type { Cluster } from '../model/cluster.ts';
import type { DriverField } from '../model/driver.ts';
import { type CommandPart, commandLine } from './command.ts';
import { changeParts, fieldPart } from './field-part.ts';

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
    ...services.flatMap(serviceParts),
  ]);
}

function serviceParts({ source, service, fields, options }: ServiceForCommand): readonly CommandPart[] {
  return [
    { flag: 'source', value: source },
    { flag: 'service', value: service },
    ...fields.flatMap((field) => fieldPart(field, options[field.name])),
  ];
}

/** What changes of a cluster; what is not given stays, null takes away. */
export interface ClusterChangeForCommand {
  readonly name: string;
  readonly settings: {
    readonly environment?: Cluster['environment'];
    readonly readOnly?: boolean;
    readonly colour?: Cluster['colour'] | null;
    readonly folder?: string | null;
    readonly description?: string | null;
    readonly limits?: { readonly requestsInFlight?: number; readonly objectsPerSecond?: number | null };
  };
  readonly tunnel?: TunnelForCommand | null;
  /** Those that stay, with the options that change. */
  readonly services: readonly Omit<ServiceForCommand, 'source'>[];
  readonly added: readonly ServiceForCommand[];
  /** Names of those that go. */
  readonly removed: readonly string[];
}

/** The lines that change a cluster: `cluster set`, `add-service`, `remove-service`, each when there is need of it. */
export function changeClusterCommands(change: ClusterChangeForCommand): readonly string[] {
  const { name, settings, tunnel, services, added, removed } = change;
  const parts: readonly CommandPart[] = [
    ...settingParts(settings),
    ...tunnelParts(tunnel),
    ...services.flatMap(({ service, fields, options }) => {
      const changed = changeParts(fields, options);
      return changed.length === 0 ? [] : [{ flag: 'service', value: service }, ...changed];
    }),
  ];
  return [
    ...(parts.length === 0 ? [] : [commandLine(['cluster', 'set', name, ...parts])]),
    ...(added.length === 0
      ? []
      : [commandLine(['cluster', 'add-service', name, ...added.flatMap(serviceParts)])]),
    ...removed.map((service) => commandLine(['cluster', 'remove-service', name, service])),
  ];
}

function settingParts(settings: ClusterChangeForCommand['settings']): readonly CommandPart[] {
  const { environment, readOnly, colour, folder, description, limits } = settings;
  return [
    ...setting('environment', environment),
    ...setting('read-only', readOnly),
    ...setting('colour', colour),
    ...setting('folder', folder),
    ...setting('description', description),
    ...setting('requests-in-flight', limits?.requestsInFlight),
    ...setting('objects-per-second', limits?.objectsPerSecond),
  ];
}

/** Nothing for what stays; what is switched off or taken away has its `--no-`. */
function setting(flag: string, value: string | number | boolean | null | undefined): readonly CommandPart[] {
  if (value === undefined) return [];
  return [value === null || value === false ? `--no-${flag}` : { flag, value }];
}

function tunnelParts(tunnel: TunnelForCommand | null | undefined): readonly CommandPart[] {
  if (tunnel === null) return ['--no-tunnel'];
  if (tunnel === undefined) return [];
  return changeParts(tunnel.fields, tunnel.options, ({ flag }) => ({
    flag: 'tunnel-unset',
    value: flag.replace(/^tunnel-/, ''),
  }));
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
